namespace Gateway.Persistence;

/// <summary>One DICOM study as received. Patient data lives here and in the objects, nowhere else.</summary>
public sealed class Study
{
    public required Guid Id { get; init; }

    /// <summary>Study Instance UID (0020,000D); unique.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>0 until the first completion; each completion adds one.</summary>
    public int Revision { get; set; }

    public StudyState State { get; set; }

    /// <summary>Kept by <see cref="StudyLife"/>; the database alone writes it.</summary>
    public WorklistState WorklistState { get; private set; }

    public required DateTimeOffset FirstReceivedAt { get; init; }

    public DateTimeOffset LastReceivedAt { get; set; }

    /// <summary>The rule that completed the current revision (docs/architecture.md, "The flow", 2), e.g. <c>released-quiet</c>.</summary>
    public string? CompletionRule { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>While images come: when the study is to be looked at next, as nothing can complete it before; null once it is
    /// complete.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Why the study goes before others, e.g. <c>requested-procedure-priority</c>; null: it waits its turn.</summary>
    public string? UrgentBy { get; set; }

    /// <summary>How many instances the study should have, as a trusted sender said; null when none said it.</summary>
    public int? ExpectedInstances { get; set; }

    /// <summary>How many instances the current revision holds.</summary>
    public int CompletedInstances { get; set; }

    /// <summary>Whose study it is: null when no image says it, and while <see cref="PatientConflict"/>.</summary>
    public string? PatientId { get; set; }
    public string? IssuerOfPatientId { get; set; }

    /// <summary>Null as well while <see cref="PatientConflict"/>: it leads to a person.</summary>
    public string? AccessionNumber { get; set; }

    /// <summary>Images that are not ruled out name more than one patient: nothing is translated until a person chooses.</summary>
    public bool PatientConflict { get; set; }

    /// <summary>Study Date (0008,0020), as sent (DA).</summary>
    public string? StudyDate { get; set; }

    /// <summary>Study Time (0008,0030), as sent (TM).</summary>
    public string? StudyTime { get; set; }

    public string? TimezoneOffsetFromUtc { get; set; }
    public string? StudyDescription { get; set; }

    public List<Series> Series { get; } = [];
    public List<StudyPatient> Patients { get; } = [];
    public List<PatientChoice> PatientChoices { get; } = [];
}
