using Gateway.Imaging.Modalities;

namespace Gateway.Imaging.Slices;

/// <summary>reference.json: how a reference was made, so that it can be made again.</summary>
public sealed record ReferenceParameters
{
    public required Modality Modality { get; init; }

    /// <summary>SHA-256 over reference.png followed by mask.png, lower-case hex. Slices prepared with the reference carry it.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Number of slices averaged.</summary>
    public required int Slices { get; init; }

    /// <summary>Rounds of registering and averaging.</summary>
    public required int Iterations { get; init; }

    public float HuLow { get; init; } = GreyRange.Brain.Low;

    public float HuHigh { get; init; } = GreyRange.Brain.High;

    /// <summary>Grey value, 0..1, from which the CT mask counts bone.</summary>
    public double BoneThreshold { get; init; }

    /// <summary>Erosions that separated the skull from the table (CT mask).</summary>
    public int Erosions { get; init; }

    /// <summary>Dilations that followed: five more than <see cref="Erosions"/>.</summary>
    public int Dilations { get; init; }
}
