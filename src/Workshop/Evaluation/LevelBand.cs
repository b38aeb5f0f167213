using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>Slices of about one height over the reference's level.</summary>
/// <param name="Name">In the tables.</param>
/// <param name="Slices">Their places in the set.</param>
internal sealed record LevelBand(string Name, int[] Slices)
{
    public const string All = "all";
    public const string Chosen = "chosen";

    /// <summary>The slice that a translation would choose lies within a thick slice of the level.</summary>
    private const double ChosenMm = 5;

    private static readonly double[] Borders = [-25, -10, 10, 25];

    /// <summary>All slices; the one of each subject that is nearest to the level; and those between the borders, from the feet. Slices at
    /// no known level are in the first alone.</summary>
    public static IReadOnlyList<LevelBand> Of(IReadOnlyList<HeldOutSlice> slices)
    {
        var levels = Enumerable.Range(0, slices.Count).Where(i => slices[i].Pair?.LevelMm is not null)
            .Select(i => (Slice: i, Level: slices[i].LevelMm)).ToList();
        var chosen = levels.GroupBy(at => slices[at.Slice].Subject).Select(subject => subject.MinBy(at => Math.Abs(at.Level)))
            .Where(at => Math.Abs(at.Level) <= ChosenMm);
        LevelBand[] bands =
        [
            new(All, [.. Enumerable.Range(0, slices.Count)]),
            new(Chosen, [.. chosen.Select(at => at.Slice)]),
            .. Enumerable.Range(0, Borders.Length + 1).Select(
                band => new LevelBand(NameOf(band), [.. levels.Where(at => BandOf(at.Level) == band).Select(at => at.Slice)])),
        ];
        return [.. bands.Where(band => band.Slices.Length > 0)];
    }

    // 10 and -10 belong to the middle, 25 and -25 to what is nearer to it.
    private static int BandOf(double level) =>
        level < 0 ? Borders.Count(border => border <= level) : Borders.Count(border => border < level);

    private static string NameOf(int band) => band switch
    {
        0 => FormattableString.Invariant($"below {Borders[0]} mm"),
        4 => FormattableString.Invariant($"above {Borders[^1]} mm"),
        _ => FormattableString.Invariant($"{Borders[band - 1]} to {Borders[band]} mm"),
    };
}
