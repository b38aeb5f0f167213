using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>
/// Spots in the brain that one generator makes and another does not, of pictures without lesions: where it departs from the other, away
/// from the truth, by more than the other usually errs.
/// </summary>
public sealed class NewBlobs
{
    /// <summary>Departures of so many standard deviations of the error count.</summary>
    public const double Deviations = 2;

    /// <summary>mm; smaller spots are noise.</summary>
    public const double Diameter = 3;

    private const double Rim = 12;
    private const double LeastDeviation = 0.02;
    private readonly float _least;

    /// <param name="known">Scores of the generator that is known, with truths; at least one.</param>
    public NewBlobs(IReadOnlyList<SliceScores> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var squares = known.SelectMany(slice => Errors(slice, PreparedHead.Inside(slice.Source, Rim))).DefaultIfEmpty(0)
            .Average(error => (double)error * error);
        _least = (float)(Deviations * Math.Max(LeastDeviation, Math.Sqrt(squares)));
    }

    /// <summary>Number of connected spots in one slice whose area is that of a disc of more than <see cref="Diameter"/>.</summary>
    /// <param name="made">By the generator in question.</param>
    /// <param name="other">By the other, of the same slice.</param>
    public int Count(SliceScores made, SliceScores other)
    {
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(other);
        var core = PreparedHead.Inside(made.Source, Rim);
        var (mine, theirs, truth) = (Smooth(made.Made), Smooth(other.Made), Smooth(made.Truth!));
        var spots = new Mask(core.Width, core.Height);
        for (var i = 0; i < core.Pixels.Length; i++)
        {
            var (departure, error) = (mine.Pixels[i] - theirs.Pixels[i], mine.Pixels[i] - truth.Pixels[i]);
            spots.Pixels[i] = core.Pixels[i] && Math.Abs(departure) > _least && Math.Abs(error) > _least && departure > 0 == error > 0;
        }
        return Morphology.ComponentSizes(spots).Count(area => area > Math.PI * Diameter * Diameter / 4);
    }

    private static IEnumerable<float> Errors(SliceScores slice, Mask core)
    {
        var (made, truth) = (Smooth(slice.Made), Smooth(slice.Truth!));
        return Enumerable.Range(0, core.Pixels.Length).Where(i => core.Pixels[i]).Select(i => made.Pixels[i] - truth.Pixels[i]);
    }

    private static Image Smooth(Image image) => GaussianFilter.Apply(image, 1, 1);
}
