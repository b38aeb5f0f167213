using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>What a generator made of a slice.</summary>
/// <param name="Picture">256 x 256 in [-1, 1].</param>
/// <param name="Wide">A CT in HU, from a generator that also makes what its window does not show; null from others.</param>
public sealed record MadePicture(Image Picture, Image? Wide = null);
