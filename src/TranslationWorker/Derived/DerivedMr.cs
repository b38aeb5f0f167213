using System.Globalization;
using System.Runtime.InteropServices;
using Gateway.Imaging.Modalities;

namespace Gateway.TranslationWorker;

/// <summary>MR Image module of a synthetic MR (PS3.3 C.8.3.1): 12 bits, arbitrary units, Research Mode for a scanning sequence.</summary>
internal sealed class DerivedMr : IDerivedImage
{
    private const int Largest = 4095;

    public void Write(DicomDataset dataset, DicomDataset source, float[] pixels, Derivation derivation)
    {
        dataset.AddOrUpdate(DicomTag.ScanningSequence, "RM");
        dataset.AddOrUpdate(DicomTag.SequenceVariant, "NONE");
        foreach (var tag in (DicomTag[])[
            DicomTag.ScanOptions, DicomTag.MRAcquisitionType, DicomTag.RepetitionTime, DicomTag.EchoTime, DicomTag.EchoTrainLength])
            dataset.AddOrUpdate<string>(tag);
        DerivedPixels.WriteFormat(dataset, bitsStored: 12, signed: false);
        var shown = derivation.Shown ?? Percentiles(pixels);
        var (low, high) = (Stored(shown.Low), Stored(shown.High));
        dataset.AddOrUpdate(DicomTag.WindowCenter, ((low + high) / 2.0).ToString(CultureInfo.InvariantCulture));
        dataset.AddOrUpdate(DicomTag.WindowWidth, Math.Max(1, high - low).ToString(CultureInfo.InvariantCulture));
        var stored = Array.ConvertAll(pixels, Stored);
        DerivedPixels.Write(dataset, MemoryMarshal.AsBytes<ushort>(stored).ToArray());
    }

    public (float Low, float High) Shown(float[] pixels, GreyRange made) => Percentiles(pixels);

    public string Range(Derivation derivation) => "";

    public string Units(Derivation derivation) => "Arbitrary units.";

    /// <summary>The 1st and the 99th percentile of the head; everything where there is none.</summary>
    private static (float Low, float High) Percentiles(float[] values)
    {
        var head = values.Where(v => Stored(v) > 0).Order().ToArray();
        return head.Length == 0 ? (0, 1) : (head[head.Length / 100], head[head.Length * 99 / 100]);
    }

    private static ushort Stored(float value) => (ushort)Math.Clamp(Math.Round(value * Largest), 0, Largest);
}
