namespace Gateway.Imaging.Gates;

/// <summary>Series that share limits: those of one kind of source where the spread of a mixture would let everything
/// pass, otherwise all.</summary>
public sealed record ArchivePart
{
    public required string Name { get; init; }

    public required int Subjects { get; init; }

    public required int Slices { get; init; }

    public required Appearance Appearance { get; init; }

    /// <summary>By reason code; aspects that this part's slices do not have are absent.</summary>
    public required IReadOnlyDictionary<string, AspectLimit> Limits { get; init; }
}
