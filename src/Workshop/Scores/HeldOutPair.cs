using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;

namespace Gateway.Workshop.Scores;

/// <summary>One slice of one head in both modalities, pixel by pixel, and what else is known of it. All are 256 x 256.</summary>
public sealed record HeldOutPair
{
    public required string Name { get; init; }

    /// <summary>Whose head: slices of one subject are one piece of evidence.</summary>
    public required string Subject { get; init; }

    /// <summary>Height over the reference's level, positive to the head, mm; null where it is not known.</summary>
    public double? LevelMm { get; init; }

    /// <summary>[-1, 1], -1 outside the head.</summary>
    public required IReadOnlyDictionary<Modality, Image> Pictures { get; init; }

    /// <summary>The CT in HU, also beyond the window of its picture; null where it is not known.</summary>
    public Image? Wide { get; init; }

    /// <summary>The mask of the CT reference, which hides from a generator what lies outside it (<see cref="ModalityProfile.SharedMask"/>);
    /// null for pairs that are not masked so.</summary>
    public Mask? CtMask { get; init; }

    /// <summary>The kind of finding at each pixel, 0 for none; null where nobody has said.</summary>
    public byte[]? Findings { get; init; }

    /// <summary>What lies inside the skull; empty where none of it is in the slice.</summary>
    public required Mask Brain { get; init; }

    /// <summary>Whether it is said, and so, that there is no finding.</summary>
    public bool IsClean => Findings is not null && !Findings.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>The findings that are large enough to be looked for.</summary>
    internal IReadOnlyList<FindingRegion> Regions => field ??= FindingRegion.Of(this);

    /// <summary>One picture as a source, the other as its truth.</summary>
    public HeldOutSlice Slice(Direction direction)
    {
        ArgumentNullException.ThrowIfNull(direction);
        var source = Pictures[direction.From];
        var masked = direction.From == ShippedModalities.Ct.Modality && CtMask is { } mask ? mask.Apply(source, -1) : source;
        return new(Name, masked, Pictures[direction.To]) { Pair = this };
    }
}
