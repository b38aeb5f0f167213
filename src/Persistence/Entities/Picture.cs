namespace Gateway.Persistence;

/// <summary>A PNG people look at, in the object store: one panel or the whole sheet of a translated series.</summary>
public sealed class Picture
{
    public required Guid Id { get; init; }
    public required Guid SeriesId { get; init; }

    /// <summary><c>sheet, source, registered, masked, synthetic, cycle, patient</c> or <c>checkerboard</c>.</summary>
    public required string Kind { get; init; }

    public required string Sha256 { get; init; }
}
