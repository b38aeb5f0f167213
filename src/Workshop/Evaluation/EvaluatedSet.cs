using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>What models are scored on.</summary>
public sealed record EvaluatedSet
{
    public required HeldOutSet Slices { get; init; }

    /// <summary>Its slices with both modalities; empty where no truth is known.</summary>
    public IReadOnlyList<HeldOutPair> Pairs { get; init; } = [];

    /// <summary>What the trivial methods are fitted on: other pairs, or the set itself, each subject by all others.</summary>
    public IReadOnlyList<HeldOutPair>? Fit { get; init; }

    /// <summary>What a reader of the tables must know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A set whose truth is known.</summary>
    /// <param name="name">In tables and files.</param>
    /// <param name="pairs">At least one.</param>
    /// <param name="direction">Either of the pair.</param>
    /// <param name="window">The HU that -1 and 1 of the CT pictures stand for.</param>
    public static EvaluatedSet OfPairs(string name, IReadOnlyList<HeldOutPair> pairs, Direction direction, GreyRange window) =>
        new() { Slices = HeldOutSet.OfPairs(name, pairs, direction, window), Pairs = pairs };
}
