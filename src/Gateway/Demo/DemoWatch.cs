using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Cli;

/// <summary>Follows studies through the database until nothing more will happen to them.</summary>
internal sealed class DemoWatch(IDbContextFactory<GatewayDbContext> databases, DataDirectory data, string url)
{
    private static readonly SeriesState[] Final =
        [SeriesState.Ineligible, SeriesState.Held, SeriesState.Translated, SeriesState.Delivered, SeriesState.Failed];

    /// <returns>One study per UID, in that order.</returns>
    /// <exception cref="VerbException">Not done in time.</exception>
    public async Task<IReadOnlyList<DemoStudy>> WaitAsync(
        IReadOnlyDictionary<string, double> sendSeconds, TimeSpan limit, IProgress<string> progress, CancellationToken cancel)
    {
        var seen = new HashSet<string>();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            do
            {
                await using var db = await databases.CreateDbContextAsync(cancel);
                var studies = await LoadAsync(db, [.. sendSeconds.Keys], cancel);
                Report(studies, seen, progress);
                if (studies.Count == sendSeconds.Count && studies.TrueForAll(IsDone) && await IsQuietAsync(db, cancel))
                    return [.. studies.Select(s => Describe(s, sendSeconds[s.StudyInstanceUid]))];
            }
            while (await timer.WaitForNextTickAsync(timeout.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // falls through to the one exit for lateness
        }
        throw new VerbException($"Not every study was finished within {limit.TotalSeconds:0} s; see {url}.");
    }

    private static Task<List<Study>> LoadAsync(GatewayDbContext db, string[] uids, CancellationToken cancel) =>
        db.Studies.AsNoTracking().AsSplitQuery().Include(s => s.Series).ThenInclude(s => s.Instances)
            .Where(s => uids.Contains(s.StudyInstanceUid)).OrderBy(s => s.FirstReceivedAt).ToListAsync(cancel);

    private static bool IsDone(Study study) =>
        study.State == StudyState.Received && study.Series.All(s => s.Origin == SeriesOrigin.Derived || Final.Contains(s.State));

    /// <summary>Whether every message that is due was handled, also those that write FHIR resources. Parked work counts as
    /// handled.</summary>
    private static async Task<bool> IsQuietAsync(GatewayDbContext db, CancellationToken cancel) =>
        await db.Failures.AnyAsync(cancel) || !await db.Outbox.AnyAsync(o => !db.Inbox.Any(i => i.MessageId == o.Id), cancel);

    private static void Report(List<Study> studies, HashSet<string> seen, IProgress<string> progress)
    {
        foreach (var (study, number) in studies.Select((s, i) => (s, i + 1)))
        {
            if (study.CompletionRule is not null && seen.Add($"{number} complete"))
                progress.Report($"study {number}: complete, {study.CompletedInstances} images ({study.CompletionRule})");
            foreach (var series in study.Series)
                if (seen.Add($"{number} {series.Id} {series.State}"))
                    progress.Report(
                        $"study {number}: {series.Modality} series {(series.Origin == SeriesOrigin.Derived ? "(synthetic) " : "")}{series.State.ToString().ToLowerInvariant()}");
        }
    }

    private DemoStudy Describe(Study study, double sendSeconds)
    {
        var derived = study.Series.Where(s => s.Origin == SeriesOrigin.Derived).OrderByDescending(s => s.CreatedAt).FirstOrDefault();
        var sources = study.Series.Where(s => s.Origin == SeriesOrigin.Received).ToList();
        var seconds = new Dictionary<string, double> { ["send"] = Math.Round(sendSeconds, 3) };
        if (study.CompletedAt is { } completed)
            seconds["complete"] = Math.Max(0, Math.Round((completed - study.LastReceivedAt).TotalSeconds, 3));
        foreach (var (name, value) in derived?.Measures ?? [])
            if (MeasureName.StageOf(name) is { } stage)
                seconds[stage] = value;
        seconds["total"] = Math.Round(seconds.Values.Sum(), 3);
        return new DemoStudy
        {
            StudyInstanceUid = study.StudyInstanceUid,
            State = derived is not null ? "translated" : sources.Select(s => s.State).Max().ToString().ToLowerInvariant(),
            Reasons = [.. sources.SelectMany(s => s.Reasons).Select(r => r.Code).Distinct()],
            Direction = derived?.Direction,
            CompletionRule = study.CompletionRule,
            ChosenSlice = (int?)Measure(derived, MeasureName.ChosenSlice),
            NccBefore = Measure(derived, MeasureName.NccBefore),
            NccAfter = Measure(derived, MeasureName.NccAfter),
            Model = derived?.ModelName,
            Derived = [
                .. derived?.Instances.Select(
                    i => Path.Combine(data.Out, study.StudyInstanceUid, derived.SeriesInstanceUid, i.SopInstanceUid + ".dcm")) ?? []],
            Sheet = derived is null ? null : Path.Combine(data.Out, study.StudyInstanceUid, derived.SeriesInstanceUid + ".sheet.png"),
            Fhir = $"{url}/fhir/ImagingStudy?identifier=urn:dicom:uid%7Curn:oid:{study.StudyInstanceUid}",
            Seconds = seconds,
        };
    }

    private static double? Measure(Series? series, string name) => series?.Measures.TryGetValue(name, out var value) == true ? value : null;
}
