using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>A pair of generators.</summary>
/// <param name="Name">In the tables.</param>
/// <param name="Digests">SHA-256 of each direction's file, by the direction's name.</param>
/// <param name="Generate">The generator of a direction: a picture in [-1, 1] and its height over the reference's level; called by
/// several threads.</param>
public sealed record EvaluatedModel(
    string Name, IReadOnlyDictionary<string, string> Digests, Func<Direction, Func<Image, double, MadePicture>> Generate);
