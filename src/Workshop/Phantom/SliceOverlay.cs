using System.Numerics;

namespace Gateway.Workshop.Phantom;

/// <summary>What pathology does to one slice of the phantom, before blur and noise.</summary>
internal sealed record SliceOverlay
{
    /// <summary>Per pixel: from the point to where its tissue came from, mm along rows, columns and the normal; null for no mass.</summary>
    public Vector3[]? Pull { get; init; }

    /// <summary>Laid over the tissues in this order.</summary>
    public required IReadOnlyList<OverlayLayer> Layers { get; init; }
}
