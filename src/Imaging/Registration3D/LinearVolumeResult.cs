namespace Gateway.Imaging;

/// <summary>How a volume lies on another.</summary>
public sealed record LinearVolumeResult
{
    /// <summary>Fixed patient mm (LPS) to moving patient mm.</summary>
    public required AffineTransform3D FixedToMoving { get; init; }

    /// <summary>NCC with only the centres of mass together, at the finest level.</summary>
    public required double NccBefore { get; init; }

    public required double NccAfter { get; init; }
}
