using Gateway.Persistence;

namespace Gateway.Portal.Pages;

/// <summary>One thing that happened to a study.</summary>
/// <param name="Tone">Class of the dot: empty, <c>good</c> or <c>bad</c>.</param>
internal sealed record TimelineStep(DateTimeOffset At, string What, string? Detail = null, string Tone = "");

/// <summary>What happened to a study, oldest first, from what the database remembers.</summary>
internal static class StudyTimeline
{
    public static IReadOnlyList<TimelineStep> Of(Study study, StudyActivity activity) =>
    [
        .. Arrival(study)
            .Concat(activity.Associations.Select(Ended))
            .Concat(study.Series.Where(s => s.Origin == SeriesOrigin.Derived).Select(Made))
            .Concat(study.Series.Where(s => s.Origin == SeriesOrigin.Rejection).Select(note => Rejected(note, study)))
            .Concat(study.Series.SelectMany(s => s.Releases).Select(Released))
            .Concat(study.Series.SelectMany(s => s.Verdicts.Select(verdict => Judged(verdict, s))))
            .Concat(study.PatientChoices.Select(choice => Chosen(choice, study)))
            .Concat(activity.Deliveries.GroupBy(d => d.Destination).SelectMany(Sent))
            .Concat(activity.Deliveries.Where(IsWaited).GroupBy(d => d.Destination).Select(NotTaken))
            .Concat(activity.Failures.Select(f => new TimelineStep(f.At, f.Text, f.Code, "bad")))
            .Concat(activity.Replays.Select(Replayed))
            .Concat(activity.ImagingStudy is { } r ? [new(r.UpdatedAt, "ImagingStudy published", $"version {r.Version}", "good")] : [])
            .OrderBy(step => step.At),
    ];

    private static IEnumerable<TimelineStep> Arrival(Study study)
    {
        yield return new(study.FirstReceivedAt, "First image");
        if (study.LastReceivedAt > study.FirstReceivedAt)
            yield return new(study.LastReceivedAt, "Last image");
        if (study.CompletedAt is { } at)
            yield return new(
                at, "Study complete", $"revision {study.Revision}, {Sentences.Count(study.CompletedInstances, "image", "images")}", "good");
    }

    private static TimelineStep Ended(Association a) => a.ClosedAt is { } at
        ? new(
            at, $"{a.CallingAe}: {a.Outcome.Word()}", $"{a.Stored} stored, {a.Failed} failed",
            a.Outcome == AssociationOutcome.Aborted ? "bad" : "")
        : new(a.SeenAt, $"{a.CallingAe} is connected", $"{a.Stored} stored so far");

    private static TimelineStep Made(Series s) =>
        new(s.CreatedAt, $"Synthetic {s.Modality} stored", s.ModelName, "good");

    private static TimelineStep Rejected(Series note, Study study) => new(
        note.CreatedAt,
        $"Synthetic {study.Series.Find(s => s.Id == note.DerivedFromSeriesId)?.Modality} {note.SeriesNumber} rejected where it lies",
        note.SeriesDescription);

    private static TimelineStep Released(Release r) =>
        new(r.At, $"Released by {r.By}", $"{r.Why} ({string.Join(", ", r.Reasons.Select(reason => reason.Code))})");

    private static TimelineStep Judged(ReaderVerdict verdict, Series s) => new(
        verdict.At, $"Synthetic {s.Modality} {s.SeriesNumber}: {Sentences.Verdict(verdict.Kind).ToLowerInvariant()} by {verdict.By}",
        verdict.Why, verdict.Kind switch { VerdictKind.Accepted => "good", VerdictKind.Rejected => "bad", _ => "" });

    private static TimelineStep Chosen(PatientChoice c, Study study) => new(
        c.At, $"Patient {(c.By == PatientChoice.ByTheStudy ? "corrected" : "chosen")} by {c.By}",
        $"{c.Why} ({study.Patients.Find(p => p.Id == c.StudyPatientId)?.PatientId})");

    private static TimelineStep Replayed(Replay r) => new(r.At, $"{r.Failure.MessageType.Split('.')[^1]} replayed by {r.By}", r.Why);

    private static IEnumerable<TimelineStep> Sent(IGrouping<string, Delivery> destination) =>
        destination.Max(d => d.SentAt) is { } at
            ? [new(at, $"Sent to {destination.Key}", Sentences.Sent(destination).Single().Text,
                destination.Any(d => d.State == DeliveryState.Parked) ? "bad" : "good")]
            : [];

    private static bool IsWaited(Delivery d) =>
        d is { State: DeliveryState.Pending, TriedAt: not null } && d.Instance.Series.State == SeriesState.Delivering;

    private static TimelineStep NotTaken(IGrouping<string, Delivery> destination)
    {
        var last = destination.MaxBy(d => d.TriedAt)!;
        return new(
            last.TriedAt!.Value, $"{destination.Key} takes nothing now",
            $"{Sentences.Count(destination.Count(), "image waits", "images wait")}, {Sentences.Count(destination.Max(d => d.Attempts), "try", "tries")}: "
            + Sentences.Answer(last.DicomStatus, last.Error), "bad");
    }
}
