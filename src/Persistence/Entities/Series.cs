using Gateway.Contracts.Reasons;

namespace Gateway.Persistence;

/// <summary>One series, either received from a scanner or derived here from a received one.</summary>
public sealed class Series
{
    public required Guid Id { get; init; }
    public required Guid StudyId { get; init; }
    public Study Study { get; init; } = null!;

    /// <summary>Series Instance UID (0020,000E); unique within its study.</summary>
    public required string SeriesInstanceUid { get; init; }

    public required SeriesOrigin Origin { get; init; }

    /// <summary>Set at the start by <see cref="SeriesLife.First"/>, afterwards only by <see cref="SeriesMove"/>.</summary>
    public SeriesState State { get; init; }

    /// <summary>The study revision whose completion last saw this series.</summary>
    public int Revision { get; set; }

    /// <summary>Why the series is in its state; shown to people.</summary>
    public List<Reason> Reasons { get; set; } = [];

    /// <summary>Received series of several stacks: which of them were left out of the translation and why.</summary>
    public List<Reason> SetAside { get; set; } = [];

    /// <summary>Such as <c>t2-ct</c>: where eligibility said a received series goes, or which way a derived one came; null
    /// where it goes nowhere.</summary>
    public string? Direction { get; set; }

    public string? Modality { get; set; }
    public int? SeriesNumber { get; set; }
    public string? SeriesDescription { get; set; }
    public string? BodyPartExamined { get; set; }

    /// <summary>Received series: the SOP Instance UID of the slice that was translated.</summary>
    public string? ChosenSopInstanceUid { get; set; }

    /// <summary>Derived series: the series it was made from.</summary>
    public Guid? DerivedFromSeriesId { get; set; }

    /// <summary>Derived series: SHA-256 (hex) of the model's weights.</summary>
    public string? ModelDigest { get; set; }

    /// <summary>Derived series: the model's name and version, as people know it.</summary>
    public string? ModelName { get; set; }

    /// <summary>Derived series: the model's Device UID (2.25...), new with every retrained model.</summary>
    public string? ModelDeviceUid { get; set; }

    /// <summary>Derived and held series: figures of the translation by <see cref="MeasureName"/>, for people and for
    /// the API; one JSON column.</summary>
    public Dictionary<string, double> Measures { get; set; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public List<Instance> Instances { get; } = [];
    public List<Picture> Pictures { get; } = [];
    public List<Release> Releases { get; } = [];

    /// <summary>Derived series: what readers said of it.</summary>
    public List<ReaderVerdict> Verdicts { get; } = [];
}
