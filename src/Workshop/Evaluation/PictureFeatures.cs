using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Evaluation;

/// <summary>A network's view of pictures, for distances between sets of them.</summary>
/// <param name="Name">Network and layers: it stands beside every figure.</param>
/// <param name="Sha256">Digest of its weights.</param>
/// <param name="Of">A vector of one length for each picture in [-1, 1].</param>
public sealed record PictureFeatures(string Name, string Sha256, Func<IReadOnlyList<Image>, IReadOnlyList<double[]>> Of);
