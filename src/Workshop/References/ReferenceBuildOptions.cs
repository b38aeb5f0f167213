using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;

namespace Gateway.Workshop.References;

/// <summary>How a reference is averaged.</summary>
public sealed record ReferenceBuildOptions
{
    public required ModalityProfile Profile { get; init; }

    /// <summary>HU that become 0 and 1.</summary>
    public GreyRange Window { get; init; } = GreyRange.Brain;

    /// <summary>Rounds of registering and averaging.</summary>
    public int Iterations { get; init; } = 3;

    /// <summary>A slice below this NCC with the reference of the round is left out.</summary>
    public double LeastNcc { get; init; } = 0.6;

    /// <summary>At most this many slices, the best ones, are averaged.</summary>
    public int MostSlices { get; init; } = 200;

    /// <summary>Grey value, 0..1, from which the CT mask counts bone.</summary>
    public double BoneThreshold { get; init; } = 0.8;

    /// <summary>A finished reference of the other modality. This one is laid onto its head outline and skull.</summary>
    public Reference? Twin { get; init; }
}
