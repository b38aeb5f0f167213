using Gateway.Imaging.Modalities;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>One thing that a generator in 8 bits has to keep to.</summary>
/// <param name="What">Is measured, in HU for CT and in shares of the range of grey for T2.</param>
/// <param name="Value">Measured.</param>
/// <param name="Limit">The most, or the least, it may be.</param>
/// <param name="AtLeast">Which of both.</param>
public sealed record QuantisedGate(string What, double Value, double Limit, bool AtLeast = false)
{
    public bool Holds => AtLeast ? Value >= Limit : Value <= Limit;

    /// <param name="pairs">At least one.</param>
    /// <param name="full">The generator in float32.</param>
    internal static IReadOnlyList<QuantisedGate> Of(IReadOnlyList<QuantisedLikeness> pairs, GeneratorSession full)
    {
        // A hundredth of the CT's window is 1.2 HU; of T2's range it is 0.01.
        var hundredth = ShippedModalities.Table[full.Direction.To].MadeRange(full.Window).Width / 100;
        return
        [
            new("mean difference in the head, mean of the slices", pairs.Average(pair => pair.Apart), hundredth / 2),
            new("the same, worst slice", pairs.Max(pair => pair.Apart), hundredth),
            new("one pixel in a thousand differs by, worst slice", pairs.Max(pair => pair.FarApart), 10 * hundredth),
            new("contrast of a finding differs by, worst of all",
                pairs.SelectMany(pair => pair.Contrasts).DefaultIfEmpty().Max(), 2 * hundredth),
            new("SSIM of both, worst slice", pairs.Min(pair => pair.Ssim), 0.98, AtLeast: true),
            new("error against the truth, int8 over float32",
                pairs.Average(pair => pair.Int8.Mae) / pairs.Average(pair => pair.Float32.Mae), 1.02),
            .. Wide(pairs, full),
        ];
    }

    private static IEnumerable<QuantisedGate> Wide(IReadOnlyList<QuantisedLikeness> pairs, GeneratorSession full)
    {
        if (full.Wide is { } wide)
            yield return new("HU of the wide channel in the head, worst slice", pairs.Max(pair => pair.WideApart ?? 0), wide.Width / 100);
    }
}
