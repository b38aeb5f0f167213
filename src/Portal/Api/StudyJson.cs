using Gateway.Contracts.Reasons;
using Gateway.Persistence;

namespace Gateway.Portal;

internal sealed record CompletionJson(string? Rule, DateTimeOffset At, int Instances)
{
    public static CompletionJson? Of(Study study) =>
        study.CompletedAt is { } at ? new(study.CompletionRule, at, study.CompletedInstances) : null;
}

internal sealed record StudyRowJson(
    Guid Id, string StudyInstanceUid, int Revision, string State, string? UrgentBy, bool PatientConflict, CompletionJson? Completion,
    IReadOnlyList<string> Modalities, int Received, int Derived, DateTimeOffset FirstReceivedAt, DateTimeOffset LastReceivedAt)
{
    public static StudyRowJson Of(StudyRow row) => new(
        row.Study.Id, row.Study.StudyInstanceUid, row.Study.Revision, row.Study.WorklistState.Word(), row.Study.UrgentBy,
        row.Study.PatientConflict, CompletionJson.Of(row.Study),
        [.. row.Received.Concat(row.Derived).Where(m => m.Length > 0).Distinct().Order(StringComparer.Ordinal)],
        row.Received.Count, row.Derived.Count, row.Study.FirstReceivedAt, row.Study.LastReceivedAt);
}

internal sealed record StudyJson(
    Guid Id, string StudyInstanceUid, int Revision, string State, string? UrgentBy, bool PatientConflict,
    IReadOnlyList<PatientJson> Patients,
    IReadOnlyList<PatientChoiceJson> PatientChoices, CompletionJson? Completion, IReadOnlyList<SeriesJson> Series)
{
    public static StudyJson Of(Study study) => new(
        study.Id, study.StudyInstanceUid, study.Revision, study.WorklistState.Word(), study.UrgentBy, study.PatientConflict,
        PatientJson.Of(study),
        [.. study.PatientChoices.Select(c => new PatientChoiceJson(c.At, c.Revision, c.By, c.Why, c.StudyPatientId))],
        CompletionJson.Of(study),
        [.. study.Series.Select(series => SeriesJson.Of(series, study))]);
}

internal sealed record PatientChoiceJson(DateTimeOffset At, int Revision, string By, string Why, Guid Patient);

internal sealed record SeriesJson(
    Guid Id, string SeriesInstanceUid, string? Modality, string Origin, string State, IReadOnlyList<Reason> Reasons,
    IReadOnlyList<Reason> SetAside, IReadOnlyList<ReleaseJson> Releases, IReadOnlyList<VerdictJson> Verdicts,
    string? ChosenSopInstanceUid, string? DerivedFromSeriesUid,
    string? Model,
    IReadOnlyDictionary<string, double> Measures, IReadOnlyList<string> Pictures, IReadOnlyList<InstanceJson> Instances)
{
    public static SeriesJson Of(Series series, Study study) => new(
        series.Id, series.SeriesInstanceUid, series.Modality, series.Origin.Word(), series.State.Word(), series.Reasons,
        series.SetAside, [.. series.Releases.Select(r => new ReleaseJson(r.At, r.Revision, r.By, r.Why, r.Reasons))],
        [.. series.Verdicts.Select(VerdictJson.Of)],
        series.ChosenSopInstanceUid, study.Series.Find(s => s.Id == series.DerivedFromSeriesId)?.SeriesInstanceUid, series.ModelName,
        series.Measures.Where(m => double.IsFinite(m.Value)).ToDictionary(), [.. PictureLabels.Sort(series.Pictures).Select(Links.Picture)],
        [.. series.Instances.Select(InstanceJson.Of)]);
}

internal sealed record ReleaseJson(DateTimeOffset At, int Revision, string By, string Why, IReadOnlyList<Reason> Reasons);

internal sealed record InstanceJson(string SopInstanceUid, string Sha256, string Href)
{
    public static InstanceJson Of(Instance instance) => new(instance.SopInstanceUid, instance.Sha256, Links.File(instance));
}
