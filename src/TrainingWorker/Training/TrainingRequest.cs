namespace Gateway.TrainingWorker.Training;

/// <summary>One training run.</summary>
public sealed record TrainingRequest
{
    /// <summary>Folder of prepared real slices; absent while only stage A is to run.</summary>
    public string? Real { get; init; }

    /// <summary>Folder of prepared phantom pairs.</summary>
    public required string Paired { get; init; }

    /// <summary>Folder for checkpoint, sample sheets and log.</summary>
    public required string Out { get; init; }

    /// <summary>Take up the checkpoint in <see cref="Out"/>, where there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>The recipe. Absent: the checkpoint's where one is taken up, else the shipped one.</summary>
    public TrainingOptions? Options { get; init; }
}
