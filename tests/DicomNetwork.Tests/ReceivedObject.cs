namespace Gateway.DicomNetwork.Tests;

/// <summary>What a test server was sent.</summary>
internal sealed record ReceivedObject(StoreRequest Request, byte[] DataSet, ScannedHeader Header);
