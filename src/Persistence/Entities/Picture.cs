namespace Gateway.Persistence;

/// <summary>A PNG people look at, in the object store: one panel or the whole sheet of a translated series.</summary>
public sealed class Picture
{
    public required Guid Id { get; init; }
    public required Guid SeriesId { get; init; }

    /// <summary>One of <see cref="PictureKind"/>.</summary>
    public required string Kind { get; init; }

    public required string Sha256 { get; init; }
}
