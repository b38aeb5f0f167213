using Gateway.Imaging.Modalities;

namespace Gateway.Imaging.Slices;

/// <summary>reference.json: how a reference was made, so that it can be made again.</summary>
public sealed record ReferenceParameters
{
    public required Modality Modality { get; init; }

    /// <summary>SHA-256 over reference.png followed by mask.png, lower-case hex; slices prepared with it carry it.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Slices averaged.</summary>
    public required int Slices { get; init; }

    /// <summary>Rounds of register and average.</summary>
    public required int Iterations { get; init; }

    public float HuLow { get; init; } = GreyRange.Brain.Low;

    public float HuHigh { get; init; } = GreyRange.Brain.High;

    /// <summary>Grey value, 0..1, from which the CT mask counts bone.</summary>
    public double BoneThreshold { get; init; }

    /// <summary>Erosions that freed the skull from the table (CT mask).</summary>
    public int Erosions { get; init; }

    /// <summary>Dilations that followed: <see cref="Erosions"/> and five more.</summary>
    public int Dilations { get; init; }
}
