using System.Globalization;
using System.Runtime.InteropServices;
using Gateway.Imaging.Modalities;

namespace Gateway.TranslationWorker;

/// <summary>CT Image module of a synthetic CT (PS3.3 C.8.2.1): signed 16 bits that are HU as they stand.</summary>
internal sealed class DerivedCt : IDerivedImage
{
    private const double Lowest = -1024;
    private const double Highest = 3071;

    public void Write(DicomDataset dataset, DicomDataset source, float[] pixels, Derivation derivation)
    {
        DerivedIdentity.CopyOrEmpty(dataset, source, DicomTag.AcquisitionNumber);
        dataset.AddOrUpdate<string>(DicomTag.KVP); // Type 2 and unknown: nothing was acquired
        DerivedPixels.WriteFormat(dataset, bitsStored: 16, signed: true);
        dataset.AddOrUpdate(DicomTag.RescaleIntercept, "0");
        dataset.AddOrUpdate(DicomTag.RescaleSlope, "1");
        dataset.AddOrUpdate(DicomTag.RescaleType, "HU");
        WriteWindows(dataset, derivation.Model);
        WriteRange(dataset, derivation.Model);
        var values = Array.ConvertAll(pixels, hu => (short)Math.Clamp(Math.Round(hu), Lowest, Highest));
        DerivedPixels.Write(dataset, MemoryMarshal.AsBytes<short>(values).ToArray());
    }

    public (float Low, float High) Shown(float[] pixels, GreyRange made) => (made.Low, made.High);

    public string Range(Derivation derivation) => string.Create(
        CultureInfo.InvariantCulture, $"HU {derivation.Model.HuLow:0} TO {derivation.Model.HuHigh:0} ONLY");

    public string Units(Derivation derivation)
    {
        var (model, air) = (derivation.Model, derivation.To.Air);
        return model.Wide is { } wide
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"HU valid only in [{model.HuLow:0}, {model.HuHigh:0}], rough in [{wide.Low:0}, {wide.High:0}]; {air:0} outside the head.")
            : string.Create(
                CultureInfo.InvariantCulture, $"HU valid only in [{model.HuLow:0}, {model.HuHigh:0}]; {air:0} outside the head.");
    }

    /// <summary>Which pixels are measurements of what (Real World Value Mapping, PS3.3 C.7.6.16.2.11): HU in the model's window alone. Bone
    /// above its bound is that bound in the pixels, and mapped to nothing; a second channel's values are mapped as rough.</summary>
    private static void WriteRange(DicomDataset dataset, ModelFacts model)
    {
        List<DicomDataset> ranges = [Mapped(model.HuLow, model.HuHigh, "HU", "HU of the model's window")];
        if (model.Wide is { } wide)
            ranges.Add(Mapped(wide.Low, wide.High, "HU_ROUGH", "Rough HU outside the model's window"));
        dataset.AddOrUpdate(new DicomSequence(DicomTag.RealWorldValueMappingSequence, [.. ranges]));
    }

    private static DicomDataset Mapped(double low, double high, string label, string explanation) => new DicomDataset()
        .AddOrUpdate(DicomVR.SS, DicomTag.RealWorldValueFirstValueMapped, (short)Math.Clamp(Math.Round(low), Lowest, Highest))
        .AddOrUpdate(DicomVR.SS, DicomTag.RealWorldValueLastValueMapped, (short)Math.Clamp(Math.Round(high), Lowest, Highest))
        .AddOrUpdate(DicomTag.RealWorldValueIntercept, 0d)
        .AddOrUpdate(DicomTag.RealWorldValueSlope, 1d)
        .AddOrUpdate(DicomTag.LUTLabel, label)
        .AddOrUpdate(DicomTag.LUTExplanation, explanation)
        .AddOrUpdate(new DicomSequence(
            DicomTag.MeasurementUnitsCodeSequence, DerivedCode.Of("[hnsf'U]", "UCUM", "Hounsfield unit")));

    /// <summary>The model's own window first, then the clinical ones that lie inside it.</summary>
    private static void WriteWindows(DicomDataset dataset, ModelFacts model)
    {
        List<(double Center, double Width, string Name)> windows = [
            ((model.HuLow + model.HuHigh) / 2, model.HuHigh - model.HuLow, "MODEL")];
        if (model is { HuLow: <= 0, HuHigh: >= 80 })
            windows.Add((40, 80, "BRAIN"));
        if (Math.Max(model.HuHigh, model.Wide?.High ?? model.HuHigh) >= 1000)
            windows.Add((500, 2500, "BONE"));
        dataset.AddOrUpdate(DicomTag.WindowCenter, [.. windows.Select(w => w.Center.ToString(CultureInfo.InvariantCulture))]);
        dataset.AddOrUpdate(DicomTag.WindowWidth, [.. windows.Select(w => w.Width.ToString(CultureInfo.InvariantCulture))]);
        dataset.AddOrUpdate(DicomTag.WindowCenterWidthExplanation, [.. windows.Select(w => w.Name)]);
    }
}
