using System.Globalization;
using System.Runtime.InteropServices;

namespace Gateway.TranslationWorker;

/// <summary>MR Image module of a synthetic T2 (PS3.3 C.8.3.1): 12 bits, arbitrary units, Research Mode for a scanning sequence.</summary>
internal static class DerivedMr
{
    private const int Largest = 4095;

    /// <param name="dataset">With Rows and Columns in it.</param>
    /// <param name="values">[0, 1].</param>
    /// <param name="window">Of those, what is shown black and white.</param>
    public static void Write(DicomDataset dataset, float[] values, (float Low, float High) window)
    {
        dataset.AddOrUpdate(DicomTag.ScanningSequence, "RM");
        dataset.AddOrUpdate(DicomTag.SequenceVariant, "NONE");
        foreach (var tag in (DicomTag[])[DicomTag.ScanOptions, DicomTag.MRAcquisitionType, DicomTag.RepetitionTime, DicomTag.EchoTime, DicomTag.EchoTrainLength])
            dataset.AddOrUpdate<string>(tag);
        DerivedPixels.WriteFormat(dataset, bitsStored: 12, signed: false);
        var (low, high) = (Stored(window.Low), Stored(window.High));
        dataset.AddOrUpdate(DicomTag.WindowCenter, ((low + high) / 2.0).ToString(CultureInfo.InvariantCulture));
        dataset.AddOrUpdate(DicomTag.WindowWidth, Math.Max(1, high - low).ToString(CultureInfo.InvariantCulture));
        var stored = Array.ConvertAll(values, Stored);
        DerivedPixels.Write(dataset, MemoryMarshal.AsBytes<ushort>(stored).ToArray());
    }

    /// <summary>The 1st and the 99th percentile of the head; everything where there is none.</summary>
    public static (float Low, float High) WindowOf(float[] values)
    {
        var head = values.Where(v => Stored(v) > 0).Order().ToArray();
        return head.Length == 0 ? (0, 1) : (head[head.Length / 100], head[head.Length * 99 / 100]);
    }

    private static ushort Stored(float value) => (ushort)Math.Clamp(Math.Round(value * Largest), 0, Largest);
}
