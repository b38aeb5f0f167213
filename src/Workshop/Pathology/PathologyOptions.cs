namespace Gateway.Workshop.Pathology;

/// <summary>What may be drawn into a head.</summary>
public sealed record PathologyOptions
{
    /// <summary>The same seed and anatomy give the same findings.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Share of heads that get an illness.</summary>
    public float Chance { get; init; } = 0.5f;

    /// <summary>Share of heads with calcified pineal gland, plexus, falx or pallidum, and the share with filled sinuses; both beside an
    /// illness or without one.</summary>
    public float VariantChance { get; init; } = 0.5f;

    /// <summary>Levels in mm of the anatomy's grid between which an illness shows; null for 30 mm below to 40 mm above
    /// the thalami.</summary>
    public (float Low, float High)? Levels { get; init; }

    /// <summary>Masks of real lesions for shapes and places; null for made ones alone.</summary>
    public LesionMasks? Masks { get; init; }

    /// <summary>The one illness to draw; null for any.</summary>
    public IllnessKind? Only { get; init; }
}
