namespace Gateway.Workshop.Pathology;

/// <summary>One finding or a part of it, laid over the tissues in the order of the list: value = (1 - share) x tissue + share x
/// finding.</summary>
public sealed record FindingLayer
{
    /// <summary>T2 of CSF that <see cref="T2"/> is meant for; white matter is 1.</summary>
    public const float UsualCsf = 3.6f;

    public required FindingKind Kind { get; init; }

    /// <summary>On the grid of the anatomy that it was drawn into.</summary>
    public required SoftMask Mask { get; init; }

    public required float Hounsfield { get; init; }

    /// <summary>T2 signal relative to white matter, where CSF is <see cref="UsualCsf"/>.</summary>
    public required float T2 { get; init; }

    /// <summary>T2 relative to white matter in a head whose CSF is <paramref name="csf"/>: what is brighter than white matter keeps its
    /// place between white matter and CSF.</summary>
    public float T2At(float csf) => T2 <= 1 ? T2 : 1 + ((T2 - 1) * (csf - 1) / (UsualCsf - 1));
}
