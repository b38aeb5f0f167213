using System.Globalization;
using System.Runtime.InteropServices;

namespace Gateway.TranslationWorker;

/// <summary>MR Image module of a synthetic T2 (PS3.3 C.8.3.1): 12 bits, arbitrary units, Research Mode for a scanning sequence.</summary>
internal static class DerivedMr
{
    private const int Largest = 4095;

    public static void Write(DicomDataset dataset, float[] values)
    {
        dataset.AddOrUpdate(DicomTag.ScanningSequence, "RM");
        dataset.AddOrUpdate(DicomTag.SequenceVariant, "NONE");
        foreach (var tag in (DicomTag[])[DicomTag.ScanOptions, DicomTag.MRAcquisitionType, DicomTag.RepetitionTime, DicomTag.EchoTime, DicomTag.EchoTrainLength])
            dataset.AddOrUpdate<string>(tag);
        DerivedPixels.WriteFormat(dataset, bitsStored: 12, signed: false);
        var stored = Array.ConvertAll(values, v => (ushort)Math.Clamp(Math.Round(v * Largest), 0, Largest));
        WriteWindow(dataset, stored);
        DerivedPixels.Write(dataset, MemoryMarshal.AsBytes<ushort>(stored).ToArray());
    }

    /// <summary>From the 1st to the 99th percentile of the head.</summary>
    private static void WriteWindow(DicomDataset dataset, ushort[] stored)
    {
        var head = stored.Where(v => v > 0).Order().ToArray();
        var (low, high) = head.Length == 0 ? (0, Largest) : (head[head.Length / 100], head[head.Length * 99 / 100]);
        dataset.AddOrUpdate(DicomTag.WindowCenter, ((low + high) / 2.0).ToString(CultureInfo.InvariantCulture));
        dataset.AddOrUpdate(DicomTag.WindowWidth, Math.Max(1, high - low).ToString(CultureInfo.InvariantCulture));
    }
}
