using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>One prepared slice that no generator was trained on.</summary>
/// <param name="Name">Used in the sheet's captions.</param>
/// <param name="Source">256 x 256 in [-1, 1].</param>
/// <param name="Truth">The same anatomy in the other modality, if it is known.</param>
public sealed record HeldOutSlice(string Name, Image Source, Image? Truth)
{
    /// <summary>What is known of both pictures beside; null where there is no truth.</summary>
    public HeldOutPair? Pair { get; init; }

    public string Subject => Pair?.Subject ?? Name;

    /// <summary>Height over the reference's level; the level itself where it is not known.</summary>
    public double LevelMm => Pair?.LevelMm ?? 0;
}
