using Hl7.Fhir.Model;

using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;

using Series = Gateway.Persistence.Series;

namespace Gateway.TranslationWorker;

/// <summary>A study of the database as FHIR R4 ImagingStudy: received and synthetic series in one resource, the synthetic ones
/// labelled.</summary>
/// <param name="delivers">Whether derived series go to archives. Where they do, one is available once it is there.</param>
public sealed class ImagingStudyBuilder(FhirOptions fhir, SiteOptions site, ModalityTable modalities, bool delivers = false)
{
    private readonly PatientReference _patient = new(fhir, site);
    private readonly TimeZoneInfo? _zone = site.Zone;

    /// <summary>Resource id of a study: the version 5 UUID of its Study Instance UID.</summary>
    public static string IdOf(Study study) => NameBasedUuid.Create(NameBasedUuid.Oid, study.StudyInstanceUid).ToString();

    /// <summary>Needs the study's patients, and its series with their instances, all of one moment. Counts are those of what is listed:
    /// instances in conflict, and those that name a patient who was ruled out, are not. Of what was made of a series only
    /// the current result is listed.</summary>
    /// <remarks>While images name more than one patient, nothing in the resource leads to any of them
    /// (docs/decisions/0010-one-patient-a-study.md).</remarks>
    /// <param name="staying">Derived series that go to no archive, even where others do.</param>
    public ImagingStudy Build(Study study, IReadOnlySet<Guid>? staying = null)
    {
        var ruledOut = study.Patients.Where(p => p.RuledOut).Select(p => (Guid?)p.Id).ToHashSet();
        var listed = study.Series.ToDictionary(
            s => s.Id, s => s.Instances.FindAll(i => !i.Conflict && !ruledOut.Contains(i.StudyPatientId)));
        var series = study.Series.Where(s => listed[s.Id].Count > 0)
            .Where(s => s.State != SeriesState.Superseded && s.Origin != SeriesOrigin.Rejection)
            .OrderBy(s => s.Origin).ThenBy(s => s.SeriesNumber).ThenBy(s => s.SeriesInstanceUid, StringComparer.Ordinal)
            .ToList();
        var resource = new ImagingStudy
        {
            Id = IdOf(study),
            Identifier = Identifiers(study),
            Status = StatusOf(study, staying),
            Modality = [.. series.Select(Modality).DistinctBy(m => m.Code)],
            Subject = _patient.Of(study),
            Started = StudyStart.Format(study.StudyDate, study.StudyTime, study.TimezoneOffsetFromUtc, _zone),
            Description = Description(study.StudyDescription),
            Series = [.. series.Select(s => Build(s, listed[s.Id]))],
        };
        resource.NumberOfSeries = resource.Series.Count;
        resource.NumberOfInstances = resource.Series.Sum(s => s.Instance.Count);
        if (fhir.DicomWeb is { } root)
            resource.Endpoint = [new ResourceReference($"Endpoint/{EndpointBuilder.IdOf(root)}")];
        if (series.Exists(IsSynthetic))
            resource.Meta = new Meta { Security = [FhirTerms.ProcessInlineLabels(), FhirTerms.AiAsserted()] };
        return resource;
    }

    private ImagingStudy.ImagingStudyStatus StatusOf(Study study, IReadOnlySet<Guid>? staying) => study switch
    {
        { PatientConflict: true } => ImagingStudy.ImagingStudyStatus.Unknown,
        { State: StudyState.Receiving } => ImagingStudy.ImagingStudyStatus.Registered,
        _ when delivers && study.Series.Exists(s => IsOnItsWay(s) && staying?.Contains(s.Id) != true) =>
            ImagingStudy.ImagingStudyStatus.Registered,
        _ => ImagingStudy.ImagingStudyStatus.Available,
    };

    /// <summary>Not in every archive it belongs to, also where one refused it for good.</summary>
    private static bool IsOnItsWay(Series series) =>
        series is { Origin: SeriesOrigin.Derived, State: not (SeriesState.Delivered or SeriesState.Superseded) };

    /// <summary>Ours, or one that came and says that it is synthetic.</summary>
    private static bool IsSynthetic(Series series) => series.Origin is SeriesOrigin.Derived or SeriesOrigin.Report
        || series.Reasons.Concat(series.SetAside).Any(reason => reason.Code == ReasonCode.Synthetic.Name);

    private ImagingStudy.SeriesComponent Build(Series series, List<Instance> images)
    {
        var component = new ImagingStudy.SeriesComponent
        {
            Uid = series.SeriesInstanceUid,
            Number = series.SeriesNumber is >= 0 and var number ? number : null,
            Modality = Modality(series),
            Description = Description(series.SeriesDescription),
            BodySite = FhirTerms.BodySite(FhirText.Of(series.BodyPartExamined)),
            Instance = [.. images
                .OrderBy(i => i.InstanceNumber).ThenBy(i => i.SopInstanceUid, StringComparer.Ordinal)
                .Select(i => Build(i, series))],
        };
        component.NumberOfInstances = component.Instance.Count;
        if (IsSynthetic(series))
            MarkSynthetic(component, series);
        return component;
    }

    private static void MarkSynthetic(ImagingStudy.SeriesComponent component, Series series)
    {
        component.AddExtension(FhirTerms.InlineLabelUrl, FhirTerms.AiAsserted());
        if (series.ModelDeviceUid is { } device)
            component.Performer =
            [
                new() { Actor = new ResourceReference($"Device/{ModelDeviceBuilder.IdOf(device)}", FhirText.Of(series.ModelName)) },
            ];
    }

    private ImagingStudy.InstanceComponent Build(Instance instance, Series series) => new()
    {
        Uid = instance.SopInstanceUid,
        SopClass = FhirTerms.SopClass(instance.SopClassUid),
        Number = instance.InstanceNumber is >= 0 and var number ? number : null,
        Title = series.Origin == SeriesOrigin.Derived ? DerivedImageType(series.Direction) : null,
    };

    /// <summary>Image Type (0008,0008) of what we write; that of received images is not kept in the database.</summary>
    private string? DerivedImageType(string? direction) =>
        direction is not null && modalities.Find(Direction.Parse(direction).To) is { } made
            ? string.Join('\\', made.DerivedImageType) : null;

    private List<Identifier> Identifiers(Study study)
    {
        var identifiers = new List<Identifier> { FhirTerms.DicomUid(study.StudyInstanceUid) };
        if (!study.PatientConflict && FhirText.Of(study.AccessionNumber) is { } accession)
            identifiers.Add(new Identifier(fhir.AccessionSystem, accession)
            {
                Type = new CodeableConcept("http://terminology.hl7.org/CodeSystem/v2-0203", "ACSN"),
            });
        return identifiers;
    }

    /// <summary>Modality is mandatory in both standards; a scanner that left it empty gets DICOM's own word for it, Other.</summary>
    private static Coding Modality(Series series) => new(FhirTerms.DicomOntology, FhirText.Of(series.Modality) ?? "OT");

    private string? Description(string? text) => fhir.Descriptions ? FhirText.Of(text) : null;
}
