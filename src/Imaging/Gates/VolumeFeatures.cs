namespace Gateway.Imaging.Gates;

/// <summary>Figures that tell a whole head at rest from one that is upside down, cut in half or moving.</summary>
public sealed record VolumeFeatures
{
    /// <summary>Extent of the head below the chosen slice, mm.</summary>
    public required double Below { get; init; }

    /// <summary>Head area in the topmost slices as a share of the largest, 0..1; small if the vertex is included.</summary>
    public required double Top { get; init; }

    /// <summary>Logarithm of the mean head area above the chosen slice over that below it; a skull narrows
    /// upwards. Null if no slice lies above
    /// or none below.</summary>
    public required double? Widening { get; init; }

    /// <summary>Median distance between a slice's head and the line between the heads of its neighbours, mm.</summary>
    public required double Jumps { get; init; }

    /// <summary>|Logarithm| of the brightness of the air beside the head along one axis over that along the other; 0 for CT.</summary>
    public required double Ghosts { get; init; }

    /// <summary>Millilitres inside the skull that are as bright as blood with a contrast agent (<see cref="EnhancedBlood"/>); null for
    /// MR.</summary>
    public required double? EnhancedMillilitres { get; init; }
}
