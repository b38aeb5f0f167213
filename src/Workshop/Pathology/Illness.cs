namespace Gateway.Workshop.Pathology;

/// <summary>What was drawn into one head.</summary>
public sealed record Illness
{
    /// <summary>In the order in which they are laid over the tissues.</summary>
    public required IReadOnlyList<FindingLayer> Findings { get; init; }

    /// <summary>How the brain was pushed aside, before the findings were laid over it; null for not at all.</summary>
    public MassEffect? MassEffect { get; init; }

    /// <summary>Draws shapes, places and the pair of values on CT and T2 of what a head has.</summary>
    /// <param name="anatomy">The healthy head.</param>
    /// <param name="options">Seed, shares, levels.</param>
    /// <returns>Perhaps without findings. Its grid is the anatomy's.</returns>
    public static Illness Draw(Anatomy anatomy, PathologyOptions options) => IllnessTable.Draw(anatomy, options);

    /// <summary>The kinds of findings of which a slice of the grid shows something.</summary>
    /// <param name="z">Index of the slice.</param>
    /// <param name="least">Sum of shares from which a finding counts, in voxels.</param>
    public IReadOnlyList<FindingKind> Visible(int z, float least = 12) =>
    [
        .. Findings.Where(finding => finding.Mask.SumOf(z) >= least).Select(finding => finding.Kind).Distinct().Order(),
    ];

    /// <summary>The kind that covers a voxel; <see cref="FindingKind.None"/> where less than half of it is covered.</summary>
    public FindingKind KindAt(int x, int y, int z) =>
        Findings.LastOrDefault(finding => finding.Mask[x, y, z] >= 0.5f)?.Kind ?? FindingKind.None;
}
