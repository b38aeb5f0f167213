namespace Gateway.Persistence;

/// <summary>How far the live series of one profile have moved from what its champion knows. No patient data.</summary>
public sealed record ProfileDrift
{
    /// <summary>Code of the profile, such as <c>t2</c>.</summary>
    public required string Modality { get; init; }

    public required DriftReferenceKind Reference { get; init; }

    /// <summary>The champion's manifest; null without one.</summary>
    public required string? Manifest { get; init; }

    /// <summary>Series or samples of the reference, as the newest week is compared with it.</summary>
    public required int ReferenceRows { get; init; }

    /// <summary>From the oldest to the current one, those without a series too.</summary>
    public required IReadOnlyList<DriftWeek> Weeks { get; init; }

    /// <summary>The newest of the last two weeks with enough series; null: nothing is judged.</summary>
    public required DriftWeek? Judged { get; init; }

    public required IReadOnlyList<DriftGroup> Callers { get; init; }
    public required IReadOnlyList<DriftGroup> Vendors { get; init; }

    /// <summary>The gravest first.</summary>
    public required IReadOnlyList<DriftReason> Reasons { get; init; }

    public DriftLevel Level => Reasons.Count > 0 ? Reasons[0].Level : DriftLevel.Usual;
}
