namespace Gateway.Workshop.Evaluation;

/// <summary>How far a set of translations is from a set of real pictures of other subjects, on one kind of features, and how far two real
/// sets of that size are from each other.</summary>
public sealed record RealismRow
{
    public required string Method { get; init; }

    public required string Features { get; init; }

    /// <summary>Pictures in each set.</summary>
    public required int Pictures { get; init; }

    /// <summary>Null where the features are too few to be called a distribution.</summary>
    public required double? Frechet { get; init; }

    public required double? FrechetFloor { get; init; }

    public required double Kernel { get; init; }

    public required double KernelFloor { get; init; }
}
