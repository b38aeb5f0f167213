using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>A study, series or instance that a search found, and what the database knows of it.</summary>
internal sealed record Found
{
    public required Study Study { get; init; }

    /// <summary>Those that were not ruled out.</summary>
    public required IReadOnlyList<StudyPatient> Patients { get; init; }

    /// <summary>Null for a study.</summary>
    public Series? Series { get; init; }

    /// <summary>Null for a study or a series.</summary>
    public Instance? Instance { get; init; }

    /// <summary>Of the series of the study.</summary>
    public IReadOnlyList<string> Modalities { get; init; } = [];

    public int SeriesOfStudy { get; init; }
    public int InstancesOfStudy { get; init; }
    public int InstancesOfSeries { get; init; }

    /// <summary>Digest of the object that says what the database does not: the instance, or the first one of the series or study.</summary>
    public required string Sample { get; init; }
}
