using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Hears what readers say of results in the structured reports among the received objects of a study. A report that says nothing
/// of a result is a received object as any other.</summary>
public sealed partial class ReceivedReports(
    IObjectStore objects, IOptions<VerdictOptions> codes, TimeProvider time, ILogger<ReceivedReports> logger)
{
    /// <summary>Committed at once; done again, it finds nothing: each report counts once for each result.</summary>
    public async Task HearAsync(Guid studyId, GatewayDbContext db, CancellationToken cancel)
    {
        var results = await db.Series.AsNoTracking().AsSplitQuery().Include(s => s.Instances)
            .Where(s => s.StudyId == studyId && (s.Origin == SeriesOrigin.Derived || s.Origin == SeriesOrigin.Report))
            .ToListAsync(cancel);
        if (results.Count == 0)
            return;
        var reports = await db.Instances.AsNoTracking()
            .Where(i => i.Series.StudyId == studyId && i.Series.Origin == SeriesOrigin.Received)
            .Where(i => ReceivedReport.SopClasses.Contains(i.SopClassUid) && !i.Conflict)
            .OrderBy(i => i.ReceivedAt).ThenBy(i => i.Id).ToListAsync(cancel);
        foreach (var image in reports)
            if (Read(image) is { } report)
                await JudgeAsync(image, report, results, db, cancel);
    }

    private async Task JudgeAsync(
        Instance image, ReceivedReport report, List<Series> results, GatewayDbContext db, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var heard = new List<(Guid Series, VerdictKind Kind)>();
        foreach (var result in results.Where(s => s.Origin == SeriesOrigin.Derived))
        {
            var about = results.Where(s => s.Id == result.Id || s.DerivedFromSeriesId == result.Id);
            var uids = about.SelectMany(s => s.Instances.Select(i => i.SopInstanceUid).Prepend(s.SeriesInstanceUid)).ToHashSet();
            if (report.About(uids) is { } said
                && await db.JudgeAsync(Verdict(result.Id, image, report, said), time, cancel) == JudgeResult.Recorded)
                heard.Add((result.Id, said.Kind));
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        foreach (var (series, kind) in heard)
            LogHeard(series, kind);
    }

    private ReaderVerdict Verdict(Guid result, Instance image, ReceivedReport report, ReceivedReport.Said said) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        SeriesId = result,
        Kind = said.Kind,
        At = time.GetUtcNow(),
        By = DerivedText.Cut(report.By, ReaderVerdict.LongestBy),
        Why = DerivedText.Cut(said.Why.Length > 0 ? said.Why : "no reason given", ReaderVerdict.LongestWhy),
        Title = said.Title,
        NoteUid = image.SopInstanceUid,
    };

    /// <returns>Null: a report that judges nothing, or none that can be read.</returns>
    private ReceivedReport? Read(Instance report)
    {
        try
        {
            using var stream = objects.OpenRead(report.Sha256);
            return ReceivedReport.Of(DicomFile.Open(stream, FileReadOption.SkipLargeTags).Dataset, codes.Value);
        }
        catch (DicomException)
        {
            return null;
        }
    }

    [LoggerMessage(
        EventId = 2047, Level = LogLevel.Warning, Message = "Derived series {SeriesId}: a received report says {Kind}, as a reader would")]
    private partial void LogHeard(Guid seriesId, VerdictKind kind);
}
