using Gateway.Imaging.Registration;

namespace Gateway.Imaging.Slices;

/// <summary>Which slice of a volume lies at the reference's level, and how clearly.</summary>
public sealed record SliceChoice
{
    public required int Index { get; init; }

    public required double Ncc { get; init; }

    /// <summary>NCC of the next slice towards the feet; null where there is none or it was not considered.</summary>
    public required double? NccBelow { get; init; }

    /// <summary>NCC of the next slice towards the head; null where there is none or it was not considered.</summary>
    public required double? NccAbove { get; init; }

    public required HeadSlice Head { get; init; }

    /// <summary>Every slice that was looked at, from the feet.</summary>
    public required IReadOnlyList<SliceLevel> Levels { get; init; }
}
