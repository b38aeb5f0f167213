using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>One prepared slice no generator has learnt from.</summary>
/// <param name="Name">For the sheet's captions.</param>
/// <param name="Source">256 x 256 in [-1, 1].</param>
/// <param name="Truth">The same anatomy in the other modality, where it is known.</param>
public sealed record HeldOutSlice(string Name, Image Source, Image? Truth);
