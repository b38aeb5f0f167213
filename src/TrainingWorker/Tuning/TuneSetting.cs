using System.Globalization;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Evaluation;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>What the figures of a report were made on.</summary>
internal sealed record TuneSetting
{
    public required TuneRequest Request { get; init; }

    /// <summary>Of the perceptual loss.</summary>
    public required string Features { get; init; }
    public required string FeaturesSha256 { get; init; }

    /// <summary>Of the Frechet distances.</summary>
    public required PictureFeatures Distances { get; init; }

    public required TuneData Data { get; init; }

    /// <summary>The FID is that of one network only.</summary>
    public string DistanceName => Request.Inception is null ? "Frechet distance" : "FID";

    /// <summary>As the report orders them.</summary>
    public static IReadOnlyList<Direction> Directions { get; } = [ShippedModalities.T2.Direction.Reverse, ShippedModalities.T2.Direction];

    public string Images => string.Join(
        " and ", Data.All.Sides.Select(side => $"{side.Train.Count} {side.Profile.Modality.Code.ToUpperInvariant()}"));

    /// <summary>Lines under a title.</summary>
    public IEnumerable<string> Head() =>
    [
        $"Pictures of {Request.Size} pixels, generators {Request.Width} wide, batches of 4, {Request.Seeds} seeds a row. All networks "
            + $"begin from drawn weights: *paper, without ImageNet weights*. Unpaired training slices: {Images}.",
        $"Scored on {Data.Tests.Count} slices of {Data.Tests.Select(pair => pair.Subject).Distinct().Count()} heads that nothing was "
            + "trained on, whose truth is known because they were made: research data, no evidence for patients.",
        $"Perceptual loss by {Features}, weights {FeaturesSha256[..12]}. {DistanceName} on features of {Distances.Name}, weights "
            + $"{Distances.Sha256[..12]}{(Request.Inception is null ? ": it cannot be compared with a FID" : "")}.",
    ];

    /// <summary>The mean, and the range where there are several.</summary>
    public static string Mean(IEnumerable<double> values, string format)
    {
        var all = values.ToList();
        return all.Count switch
        {
            0 => "-",
            1 => Text(all[0]),
            _ => $"{Text(all.Average())} ({Text(all.Min())}-{Text(all.Max())})",
        };

        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    public static string Error(IEnumerable<double> errors, Direction direction) =>
        ShippedModalities.Table[direction.To].IsHounsfield ? $"{Mean(errors, "F1")} HU" : Mean(errors, "F3");

    public static string Arrow(Direction direction) =>
        $"{direction.From.Code.ToUpperInvariant()} → {direction.To.Code.ToUpperInvariant()}";
}
