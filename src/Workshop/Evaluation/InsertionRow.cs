namespace Gateway.Workshop.Evaluation;

/// <summary>Lesions that were put into clean slices (<see cref="Scores.LesionInsertion"/>).</summary>
public sealed record InsertionRow
{
    public required string Method { get; init; }

    /// <summary><c>bright</c> or <c>dark</c> in the source.</summary>
    public required string Kind { get; init; }

    public required int Lesions { get; init; }

    /// <summary>Share whose trace turns the way that the modalities do.</summary>
    public required double RightSign { get; init; }

    /// <summary>Median of the trace's contrast to noise over the lesion's.</summary>
    public required double Recovery { get; init; }

    /// <summary>Share that keeps half of it.</summary>
    public required double Kept { get; init; }
}
