namespace Gateway.VolumeRegistration;

/// <summary>How a volume is registered linearly to another.</summary>
public sealed record LinearVolumeOptions
{
    /// <summary>Spacings of the levels, mm, coarse to fine; a volume that is coarser already keeps its own. The first is also that of the
    /// search.</summary>
    public IReadOnlyList<double> Levels { get; init; } = [8, 4, 2];

    /// <summary>A scale along each of the patient's axes beside turns and shifts (9 numbers), instead of all 12.</summary>
    public bool ThreeScalesOnly { get; init; }

    /// <summary>The header does not say how the head lies: all 24 turns of a cube are tried first.</summary>
    public bool AnyOrientation { get; init; }

    /// <summary>Part of the fixed volume's voxels that must meet the moving volume, 0..1.</summary>
    public double LeastOverlap { get; init; } = 0.3;

    /// <summary>Most threads; their number does not change the result.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
