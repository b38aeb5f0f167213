namespace Gateway.Imaging.Gates;

/// <summary>What tells a whole head at rest from one that is upside down, halved or moving.</summary>
public sealed record VolumeFeatures
{
    /// <summary>Head below the chosen slice, mm.</summary>
    public required double Below { get; init; }

    /// <summary>Area of the topmost slices' head as part of the largest, 0..1: small where the vertex is there.</summary>
    public required double Top { get; init; }

    /// <summary>Logarithm of the mean head area above the chosen slice over that below it: a skull narrows upwards. Null where no slice lies above or none below.</summary>
    public required double? Widening { get; init; }

    /// <summary>Median distance of a slice's head from the line between its neighbours', mm.</summary>
    public required double Jumps { get; init; }

    /// <summary>Brightness of the air beside the head along one axis over that along the other, as |logarithm|; 0 for CT.</summary>
    public required double Ghosts { get; init; }
}
