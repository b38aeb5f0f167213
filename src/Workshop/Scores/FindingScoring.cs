using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;

namespace Gateway.Workshop.Scores;

/// <summary>Looks for findings whose place is known.</summary>
/// <param name="source">Of the slices.</param>
/// <param name="target">What is made.</param>
/// <param name="window">The HU that -1 and 1 of CT pictures stand for.</param>
public sealed class FindingScoring(ModalityProfile source, ModalityProfile target, GreyRange window)
{
    private readonly double _given = source.MadeRange(window).Width / 2;
    private readonly double _made = target.MadeRange(window).Width / 2;

    /// <param name="slice">With a truth.</param>
    /// <param name="made">Its translation, [-1, 1].</param>
    /// <param name="back">That translated back; null if it was not.</param>
    /// <returns>One a finding, in the order of their kinds; empty where nothing was found or nobody has looked.</returns>
    public IReadOnlyList<FindingScore> Of(HeldOutSlice slice, Image made, Image? back)
    {
        ArgumentNullException.ThrowIfNull(slice);
        return [.. (slice.Pair?.Regions ?? []).Select(region => new FindingScore
        {
            Subject = slice.Subject,
            Kind = region.Kind,
            Truth = _made * region.Contrast(slice.Truth!),
            Made = _made * region.Contrast(made),
            Error = _made * (region.Level(made) - region.Level(slice.Truth!)),
            Source = _given * region.Contrast(slice.Source),
            Back = back is null ? null : _given * region.Contrast(back),
            BackError = back is null ? null : _given * (region.Level(back) - region.Level(slice.Source)),
        })];
    }
}
