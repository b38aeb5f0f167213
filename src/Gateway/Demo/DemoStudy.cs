namespace Gateway.Cli;

/// <summary>The result of one demo study, in the shape of <c>demo --json</c>.</summary>
public sealed record DemoStudy
{
    public required string StudyInstanceUid { get; init; }
    public string? Direction { get; init; }

    /// <summary>received | translated | held | ineligible | failed.</summary>
    public required string State { get; init; }
    public IReadOnlyList<string> Reasons { get; init; } = [];
    public string? CompletionRule { get; init; }
    public int? ChosenSlice { get; init; }
    public double? NccBefore { get; init; }
    public double? NccAfter { get; init; }
    public string? Model { get; init; }

    /// <summary>Paths of the derived files.</summary>
    public IReadOnlyList<string> Derived { get; init; } = [];

    /// <summary>Path of the picture sheet.</summary>
    public string? Sheet { get; init; }

    /// <summary>Address of the ImagingStudy.</summary>
    public string? Fhir { get; init; }

    /// <summary>Wall-clock seconds by stage: send, complete, each stage of the translation, total.</summary>
    public IReadOnlyDictionary<string, double> Seconds { get; init; } = new Dictionary<string, double>();
}
