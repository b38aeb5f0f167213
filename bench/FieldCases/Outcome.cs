namespace Gateway.FieldCases;

/// <summary>What the gateway shows of a case's study once nothing is left to do for it.</summary>
internal sealed record Outcome
{
    /// <summary>State of the study as the API words it.</summary>
    public required string State { get; init; }

    public required IReadOnlyList<CaseSeries> Series { get; init; }

    /// <summary>Derived objects that count: not those of superseded series.</summary>
    public required IReadOnlyList<DicomDataset> Derived { get; init; }

    /// <summary>The stored image that each derived object names first as its source.</summary>
    public required IReadOnlyList<DicomDataset> Sources { get; init; }

    /// <summary>Whether the API tells of images of two patients.</summary>
    public required bool PatientConflict { get; init; }

    /// <summary>The study's page, HTML.</summary>
    public required string Page { get; init; }

    /// <summary>The search for its ImagingStudy, JSON.</summary>
    public required string Fhir { get; init; }

    /// <summary>What does not hold whatever the case is: the page or FHIR does not answer, an image was refused.</summary>
    public required IReadOnlyList<string> Complaints { get; init; }

    public IEnumerable<CaseSeries> Received => Series.Where(s => !s.IsDerived);

    public IEnumerable<string> Codes => Received.SelectMany(s => s.Codes).Distinct();
}
