namespace Gateway.Imaging.Gates;

/// <summary>Series that share limits: a kind of source where a mixture's spread would let everything pass, or all of them where it would not.</summary>
public sealed record ArchivePart
{
    public required string Name { get; init; }

    public required int Subjects { get; init; }

    public required int Slices { get; init; }

    public required Appearance Appearance { get; init; }

    /// <summary>By reason code; aspects that this part's slices do not have are absent.</summary>
    public required IReadOnlyDictionary<string, AspectLimit> Limits { get; init; }
}
