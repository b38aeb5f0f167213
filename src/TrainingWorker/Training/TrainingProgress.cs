namespace Gateway.TrainingWorker.Training;

/// <summary>Progress of a run.</summary>
public sealed record TrainingProgress
{
    public required int Step { get; init; }
    public required int StepsTotal { get; init; }

    /// <summary>Mean over the steps since the last report.</summary>
    public required double SecondsPerStep { get; init; }

    /// <summary>Mean losses since the last report, by short name.</summary>
    public required IReadOnlyDictionary<string, double> Losses { get; init; }

    /// <summary>Text about something other than the numbers: a checkpoint, a sheet, a score.</summary>
    public string? Note { get; init; }

    /// <summary>The file of the checkpoint, or of the sample sheet, that was just written; null in other reports.</summary>
    public string? Checkpoint { get; init; }
    public string? Sheet { get; init; }

    /// <summary>Text about the run as it stands.</summary>
    internal static TrainingProgress Of(TrainingState state, string note) => new()
    {
        Step = state.Step,
        StepsTotal = state.Options.StepsTotal,
        SecondsPerStep = 0,
        Losses = new Dictionary<string, double>(),
        Note = note,
    };

    /// <summary>Time left if the pace stays the same.</summary>
    public TimeSpan Left => TimeSpan.FromSeconds(SecondsPerStep * (StepsTotal - Step));

    public override string ToString() => Note is null
        ? FormattableString.Invariant($"{Step}/{StepsTotal} {SecondsPerStep:F2} s/step, {Left:hh\\:mm\\:ss} left; ")
            + string.Join(' ', Losses.Select(l => FormattableString.Invariant($"{l.Key} {l.Value:F4}")))
        : $"{Step}/{StepsTotal} {Note}";
}
