namespace Gateway.Imaging.Gates;

/// <summary>Figures that tell a whole head at rest from one that is upside down, cut in half or moving. Those of shape are null where the
/// reference has no mean head.</summary>
public sealed record VolumeFeatures
{
    /// <summary>Correlation of the whole head with the mean one.</summary>
    public required double? Fit { get; init; }

    /// <summary>Correlation with the mean head upside down, less that with the upright one.</summary>
    public required double? UpsideDown { get; init; }

    /// <summary>Correlation with the mean head and the reference turned front to back, less that with the upright ones.</summary>
    public required double? TurnedRound { get; init; }

    /// <summary>Angle between the stack and the head's axis, degrees.</summary>
    public required double? Tilt { get; init; }

    /// <summary>Extent of the slices below the reference's level, mm of the mean head.</summary>
    public required double? Below { get; init; }

    /// <summary>Extent of the slices above the reference's level, mm of the mean head.</summary>
    public required double? Above { get; init; }

    /// <summary>Share of the head that should lie in the slices and does not (<see cref="MissingHead"/>), 0..1.</summary>
    public required double? Missing { get; init; }

    /// <summary>Median distance between a slice's head and the line between the heads of its neighbours, mm.</summary>
    public required double? Jumps { get; init; }

    /// <summary>|Logarithm| of the brightness of the air beside the head along one axis over that along the other; 0 for CT.</summary>
    public required double Ghosts { get; init; }

    /// <summary>Millilitres inside the skull that are as bright as blood with a contrast agent (<see cref="EnhancedBlood"/>); null for
    /// MR.</summary>
    public required double? EnhancedMillilitres { get; init; }
}
