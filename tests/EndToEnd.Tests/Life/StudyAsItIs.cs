using Gateway.Persistence;
using Hl7.Fhir.Serialization;

namespace Gateway.EndToEnd.Tests.Life;

/// <summary>A study once nothing moves any more.</summary>
/// <param name="Failures">Those that nobody has replayed: an operator sees them.</param>
internal sealed record StudyAsItIs(Study Study, IReadOnlyList<Delivery> Deliveries, IReadOnlyList<Failure> Failures)
{
    private static readonly FhirJsonDeserializer Firely = FhirJsonDeserializer.STRICT;
    private static readonly Func<Study, WorklistState> Due = StudyLife.State.Compile();

    /// <summary>The published resource; null before it is.</summary>
    public string? ImagingStudy { get; init; }

    /// <summary>Whom the stored object of a derived image names, by the image's id.</summary>
    public IReadOnlyDictionary<Guid, string> Named { get; init; } = new Dictionary<Guid, string>();

    public Series Source => Study.Series.Single(s => s.Origin == SeriesOrigin.Received);

    public IReadOnlyList<Series> Derived => Study.Series.FindAll(s => s.Origin == SeriesOrigin.Derived);

    /// <summary>What must never be, in words.</summary>
    public IEnumerable<string> Wrongs(int destinations)
    {
        if (Study.State != StudyState.Received || Source.Revision != Study.Revision
            || Source.Instances.Count(i => !i.Conflict) != Study.CompletedInstances)
            yield return $"the study is {Study.State} at revision {Study.Revision}, its series at {Source.Revision} with {Source.Instances.Count} images";
        if (Source.State is not (SeriesState.Ineligible or SeriesState.Held or SeriesState.Translated or SeriesState.Delivered
            or SeriesState.Failed))
            yield return $"the source stays {Source.State}";
        foreach (var series in Derived)
        {
            if (series.State is not (SeriesState.Delivered or SeriesState.Failed or SeriesState.Superseded))
                yield return $"a derived series stays {series.State}";
            var judged = series.Verdicts.Exists(verdict => verdict.Kind == VerdictKind.Rejected);
            if (ReaderVerdict.IsRejected(series) && series.State != SeriesState.Superseded)
                yield return $"a rejected series is {series.State}";
            if (!judged && series.State == SeriesState.Superseded == (series.Revision == Source.Revision))
                yield return $"a derived series of revision {series.Revision} is {series.State}, the source at {Source.Revision}";
            if (series.State == SeriesState.Delivered
                && Deliveries.Count(d => d.Instance.SeriesId == series.Id && d.State == DeliveryState.Delivered)
                    != destinations * series.Instances.Count)
                yield return "a series is called delivered and is not";
        }
        foreach (var wrong in Unseen().Concat(Unsettled()).Concat(Unrejected()))
            yield return wrong;
    }

    /// <summary>What a reader rejected and an archive has, without a note on its way there.</summary>
    private IEnumerable<string> Unrejected() => Study.PatientConflict
        ? []
        : from series in Derived.Where(ReaderVerdict.IsRejected)
          let notes = Study.Series.FindAll(s => s.Origin == SeriesOrigin.Rejection && s.DerivedFromSeriesId == series.Id)
          from sent in Deliveries.Where(d => d.Instance.SeriesId == series.Id && d.State == DeliveryState.Delivered)
          where !Deliveries.Any(d => d.Destination == sent.Destination && notes.Exists(note => note.Id == d.Instance.SeriesId))
          select $"a rejected series lies at {sent.Destination}, which was told nothing";

    /// <summary>What the worklist says must follow from the states of the series, at every moment.</summary>
    public IEnumerable<string> Unsettled() => Due(Study) is var due && due == Study.WorklistState
        ? []
        : [$"the worklist says {Study.WorklistState}, where {due} follows from {string.Join(", ", Study.Series.Select(s => $"{s.Origin} {s.State}"))}"];

    /// <summary>One person's images under another's name.</summary>
    public IEnumerable<string> Joins()
    {
        var names = Study.Patients.ToDictionary(p => p.Id, p => p.PatientId);
        var rows = Study.Series.SelectMany(s => s.Instances).ToList();
        foreach (var image in Derived.SelectMany(s => s.Instances).Where(i => Named[i.Id] != names[i.StudyPatientId!.Value]))
            yield return $"an image derived from {names[image.StudyPatientId!.Value]}'s names {Named[image.Id]}";
        if (ImagingStudy is null
            || Firely.Deserialize<Hl7.Fhir.Model.ImagingStudy>(ImagingStudy) is not { Subject.Identifier.Value: { } subject } resource)
            yield break;
        foreach (var uid in resource.Series.SelectMany(s => s.Instance).Select(i => i.Uid))
            if (!rows.Exists(i => i.SopInstanceUid == uid && names[i.StudyPatientId!.Value] == subject))
                yield return $"an image of {names[rows.Find(i => i.SopInstanceUid == uid)!.StudyPatientId!.Value]} is published as {subject}'s";
    }

    private IEnumerable<string> Unseen()
    {
        var others = Study.Patients.Where(p => p.PatientId != Study.PatientId).Select(p => (Guid?)p.Id).ToList();
        if (!Study.PatientConflict && Study.Series.Exists(s => s.Instances.Exists(i => !i.Conflict && others.Contains(i.StudyPatientId))))
            yield return $"an image of another counts in a study of {Study.PatientId}";
        var current = Derived.Where(s => s.State != SeriesState.Superseded).ToList();
        if (Source.State is SeriesState.Translated or SeriesState.Delivered && current.Count != 1)
            yield return $"{current.Count} derived series are current";
        if (Source.State == SeriesState.Delivered && current.Exists(s => s.State != SeriesState.Delivered))
            yield return "the source is called delivered and its derived series is not";
        if (Source.State == SeriesState.Translated && current.Exists(s => s.State != SeriesState.Failed))
            yield return "the source stays translated although what was made of it is delivered";
        foreach (var failed in Study.Series.Where(s => s.State == SeriesState.Failed))
            if (!Failures.Any(f => f.SeriesId == failed.Id || (f.SeriesId is null && f.StudyId == Study.Id)))
                yield return $"a {failed.Origin} series is failed and no operator sees it";
    }
}
