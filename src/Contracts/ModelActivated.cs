namespace Gateway.Contracts;

/// <summary>A direction has another champion: by activation or by roll back. Whoever translates asks the registry at once instead of at its
/// next look.</summary>
public sealed record ModelActivated
{
    /// <summary>Such as <c>t2-ct</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>SHA-256 of the ONNX file, lower-case hex.</summary>
    public required string Digest { get; init; }
}
