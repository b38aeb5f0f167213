namespace Gateway.Workshop.Phantom;

/// <summary>What a head may have beside its anatomy, for the gate that sees contrast in pixels. Sizes and places follow from the head's
/// seed.</summary>
public sealed record PhantomFindings
{
    /// <summary>HU of blood with a contrast agent; null for a native head. <see cref="Vessels"/> are painted, brain and dura brightened,
    /// and the choroid plexus stained.</summary>
    public float? Contrast { get; init; }

    /// <summary>Which vessels are painted with <see cref="Contrast"/>.</summary>
    public PhantomVessels Vessels { get; init; } = PhantomVessels.All;

    /// <summary>Radii of arteries and deep veins relative to usual ones.</summary>
    public float Calibre { get; init; } = 1;

    /// <summary>With <see cref="Contrast"/>: a tumour of 8 to 15 mm radius with an enhancing rim.</summary>
    public bool Tumour { get; init; }

    /// <summary>Large calcifications of pineal gland, choroid plexus, falx and pallidum, 130 to 500 HU.</summary>
    public bool Calcified { get; init; }

    /// <summary>Acute blood of 55 to 90 HU: a haematoma in the brain, one under the dura, and in the basal cisterns.</summary>
    public bool AcuteBlood { get; init; }
}
