namespace Gateway.Persistence;

/// <summary>The decision whose study it is, where its images name more than one patient: a person's, or the study's own.
/// Never changed, never deleted.</summary>
public sealed class PatientChoice
{
    public const int LongestBy = 64;
    public const int LongestWhy = 500;

    /// <summary>Who, where no person did: the study itself, which came again (<see cref="PatientCorrection"/>).</summary>
    public const string ByTheStudy = "the study, sent again";

    public required Guid Id { get; init; }
    public required Guid StudyId { get; init; }

    /// <summary>The <see cref="StudyPatient"/> that was chosen.</summary>
    public required Guid StudyPatientId { get; init; }

    /// <summary>The revision of the study at that time.</summary>
    public required int Revision { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who: <see cref="ByTheStudy"/>, or as the proxy that authenticates says, or as the person at this machine wrote.</summary>
    public required string By { get; init; }

    /// <summary>Why, in the person's words: it stays in the database and on the page.</summary>
    public required string Why { get; init; }
}
