using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>How a volume lies on another.</summary>
public sealed record LinearVolumeResult
{
    /// <summary>Fixed patient mm (LPS) to moving patient mm.</summary>
    public required AffineTransform3D FixedToMoving { get; init; }

    /// <summary>NCC of the local patterns with only the centres of mass together, at the finest level.</summary>
    public required double NccBefore { get; init; }

    /// <summary>The same after registration: about 0.3 between heads of two people by different scanners, above 0.5 in CT.</summary>
    public required double NccAfter { get; init; }
}
