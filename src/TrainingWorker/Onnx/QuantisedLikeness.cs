using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>What a generator and its copy in 8 bits make of one slice whose truth is known. In HU for CT and in shares of the range of grey
/// for T2.</summary>
internal sealed record QuantisedLikeness
{
    /// <summary>Mean absolute difference of the two pictures in the head.</summary>
    public required double Apart { get; init; }

    /// <summary>What one pixel of the head in a thousand differs by, or more.</summary>
    public required double FarApart { get; init; }

    /// <summary>Mean absolute difference in the head in the wide channel, HU; null without one.</summary>
    public double? WideApart { get; init; }

    /// <summary>SSIM of the two pictures.</summary>
    public required double Ssim { get; init; }

    /// <summary>Against the truth: the generator's picture, and the copy's.</summary>
    public required PairedScores Float32 { get; init; }
    public required PairedScores Int8 { get; init; }

    /// <summary>A finding each: how much its contrast to what surrounds it differs.</summary>
    public required IReadOnlyList<double> Contrasts { get; init; }

    /// <param name="pair">With truth.</param>
    /// <param name="full">The generator.</param>
    /// <param name="coarse">Its copy.</param>
    public static QuantisedLikeness Of(HeldOutPair pair, GeneratorSession full, GeneratorSession coarse)
    {
        var (from, to) = (ShippedModalities.Table[full.Direction.From], ShippedModalities.Table[full.Direction.To]);
        var slice = pair.Slice(full.Direction);
        var (a, b) = (full.Make(slice.Source), coarse.Make(slice.Source));
        int[] head = [.. Enumerable.Range(0, a.Picture.Pixels.Length)
            .Where(i => slice.Source.Pixels[i] > -1 || slice.Truth!.Pixels[i] > -1)];
        var differences = Differences(a.Picture, b.Picture, head).Select(one => to.MadeRange(full.Window).Width / 2 * one).Order().ToList();
        var (scoring, findings) = (new SliceScoring(to, full.Window, 1), new FindingScoring(from, to, full.Window));
        return new()
        {
            Apart = differences.Average(),
            FarApart = differences[differences.Count * 999 / 1000],
            WideApart = a.Wide is null ? null : Differences(a.Wide, b.Wide!, head).Average(),
            Ssim = StructuralSimilarity.Of(a.Picture.Normalise(-1, 1), b.Picture.Normalise(-1, 1)),
            Float32 = scoring.AgainstTruth(slice, a),
            Int8 = scoring.AgainstTruth(slice, b),
            Contrasts = [.. findings.Of(slice, a.Picture, null).Zip(
                findings.Of(slice, b.Picture, null), (x, y) => Math.Abs(x.Made - y.Made))],
        };
    }

    private static IEnumerable<double> Differences(Image a, Image b, int[] head) =>
        head.Select(i => Math.Abs((double)a.Pixels[i] - b.Pixels[i]));
}
