using System.Globalization;
using FellowOakDicom.Network;
using Gateway.FoDicom;

StoreProvider.Folder = args[1];
using var server = DicomServerFactory.Create<StoreProvider>(int.Parse(args[0], CultureInfo.InvariantCulture));
await Task.Delay(Timeout.Infinite);
