using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>One prepared slice that no generator was trained on.</summary>
/// <param name="Name">Used in the sheet's captions.</param>
/// <param name="Source">256 x 256 in [-1, 1].</param>
/// <param name="Truth">The same anatomy in the other modality, if it is known.</param>
public sealed record HeldOutSlice(string Name, Image Source, Image? Truth);
