using Gateway.Contracts.Reasons;

namespace Gateway.Persistence;

/// <summary>One retraining of a pair of directions. Of a pair, one job at a time is queued, running or paused.</summary>
public sealed class TrainingJob
{
    public required Guid Id { get; init; }

    /// <summary>The first direction of the pair, such as <c>t2-ct</c>; the other is its reverse.</summary>
    public required string Pair { get; init; }

    public TrainingJobState State { get; set; } = TrainingJobState.Queued;

    public required TrainingTrigger Trigger { get; init; }

    /// <summary>Who asked for it: a person's name, or the part of the gateway.</summary>
    public required string By { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Name of the recipe, and all its options as JSON, as they were when the job was made.</summary>
    public required string RecipeName { get; init; }
    public required string Recipe { get; init; }

    /// <summary>What it trains on; null until a trainer has made it.</summary>
    public string? ManifestDigest { get; set; }

    /// <summary>Steps done at the last report, and steps wanted.</summary>
    public int Step { get; set; }
    public int StepsTotal { get; set; }

    /// <summary>What it does now: a word for people, such as <c>training</c> or <c>gates</c>.</summary>
    public string Phase { get; set; } = "";

    /// <summary>Name of the trainer that holds the lease; null where none does.</summary>
    public string? Holder { get; set; }

    /// <summary>Until when the lease holds unless it is renewed.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>Fencing token: one more with every claim. Whoever writes for the job names the token of its claim, and an older one writes
    /// nothing.</summary>
    public long Fence { get; set; }

    /// <summary>What a person wants of a running job: <see cref="TrainingJobState.Paused"/>, <see cref="TrainingJobState.Cancelled"/> or
    /// nothing.</summary>
    public TrainingJobState? Wanted { get; set; }

    /// <summary>The object of the last checkpoint, and the steps done in it.</summary>
    public string? CheckpointSha256 { get; set; }
    public int CheckpointStep { get; set; }

    /// <summary>Seconds trained before the current claim; what <c>Training:Budget</c> counts from.</summary>
    public double SecondsTrained { get; set; }

    /// <summary>W3C trace context of the trigger: the job's whole life is one trace.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Why it failed, was cancelled, or made no model.</summary>
    public List<Reason> Reasons { get; set; } = [];
}
