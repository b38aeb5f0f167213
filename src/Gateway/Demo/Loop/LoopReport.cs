namespace Gateway.Cli;

/// <summary>What a demo of the loop did, in the shape of <c>demo --loop --json</c>.</summary>
public sealed record LoopReport
{
    public required string Url { get; init; }

    /// <summary>Series sent, and samples that the archive holds of them, by modality.</summary>
    public required int Sent { get; init; }
    public required IReadOnlyDictionary<string, int> Samples { get; init; }

    public required string? Manifest { get; init; }
    public required Guid Job { get; init; }

    /// <summary>done | failed | cancelled.</summary>
    public required string State { get; init; }
    public required int Steps { get; init; }

    /// <summary>Of training alone.</summary>
    public required double TrainedSeconds { get; init; }

    public required IReadOnlyList<LoopModel> Models { get; init; }

    /// <summary>Studies sent after the activation, and after the roll back.</summary>
    public IReadOnlyList<DemoStudy> After { get; init; } = [];
    public IReadOnlyList<DemoStudy> RolledBack { get; init; } = [];

    public required double Seconds { get; init; }
}
