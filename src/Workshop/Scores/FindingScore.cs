namespace Gateway.Workshop.Scores;

/// <summary>What became of one finding. Contrasts are means inside less means around it: in HU for CT, in grey of a range of 1 for
/// T2.</summary>
public sealed record FindingScore
{
    public required string Subject { get; init; }

    /// <summary>Its number in the finding picture.</summary>
    public required byte Kind { get; init; }

    /// <summary>Contrast in the truth.</summary>
    public required double Truth { get; init; }

    /// <summary>In the translation.</summary>
    public required double Made { get; init; }

    /// <summary>Level inside, translation less truth.</summary>
    public required double Error { get; init; }

    /// <summary>Contrast in the source.</summary>
    public required double Source { get; init; }

    /// <summary>In the source translated there and back; null where it was not.</summary>
    public double? Back { get; init; }

    /// <summary>Level inside, there and back less source.</summary>
    public double? BackError { get; init; }
}
