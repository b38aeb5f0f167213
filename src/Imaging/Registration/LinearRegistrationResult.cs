using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>How a slice lies on the reference.</summary>
public sealed record LinearRegistrationResult
{
    /// <summary>Reference pixel (1.0 mm) to source pixel.</summary>
    public required AffineTransform2D ReferenceToSource { get; init; }

    /// <summary>The part of the map that the search found, after header orientation and centring; reference mm to reference mm.</summary>
    public required AffineTransform2D Correction { get; init; }

    /// <summary>NCC with the reference after header orientation and centring only.</summary>
    public required double NccBefore { get; init; }

    public required double NccAfter { get; init; }

    /// <summary>NCC afterwards, at 2 mm, over the brain only: outlines fit at every level of the head,
    /// the inside at one level only.</summary>
    public required double NccInside { get; init; }
}
