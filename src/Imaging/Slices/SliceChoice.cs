using Gateway.Imaging.Registration;
using Gateway.Imaging.Volumes;

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

    /// <summary>Every slice of a usual volume, and some of one of thin slices, from the feet: those that were looked at.</summary>
    public required IReadOnlyList<SliceLevel> Levels { get; init; }

    /// <summary>How the whole head lies; null where the slice was chosen by its own pattern.</summary>
    public HeadPlace? Place { get; init; }

    /// <summary>What the slice was chosen out of.</summary>
    public required Volume Volume { get; init; }

    /// <summary>Finds the head in a slice of the volume, looked at or not; null in one that is no axial slice.</summary>
    internal Func<int, HeadSlice?> HeadOf { get; init; } = _ => null;
}
