namespace Gateway.Workshop.TrainingSets;

/// <summary>One pair of a folder.</summary>
public sealed record PairEntry
{
    /// <summary>Its pictures are <c>paired/NAME.t2.png</c>, <c>paired/NAME.ct.png</c> and so on.</summary>
    public required string Name { get; init; }

    /// <summary>The head it was cut from: pairs of one head are all trained on or all held out.</summary>
    public required string Head { get; init; }

    /// <summary><c>train</c> or <c>test</c>.</summary>
    public required string Split { get; init; }

    /// <summary>Above the reference's level, + to the crown.</summary>
    public double LevelMm { get; init; }
    public double ThicknessMm { get; init; }

    /// <summary>Kinds of the findings in it.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];
}
