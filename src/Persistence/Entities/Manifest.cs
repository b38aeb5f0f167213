namespace Gateway.Persistence;

/// <summary>What a training job trains on and is judged by, for ever: the object of its digest lists sorted samples with their
/// splits.</summary>
public sealed class Manifest
{
    /// <summary>SHA-256 of the list; also the object that holds it.</summary>
    public required string Digest { get; init; }

    /// <summary>The first direction of the pair.</summary>
    public required string Pair { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required int Samples { get; init; }
    public required int Subjects { get; init; }

    /// <summary>Its samples; an erased patient's stay listed, without their objects.</summary>
    public List<ManifestSample> Listed { get; } = [];
}
