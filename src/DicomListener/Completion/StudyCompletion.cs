using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.DicomListener;

/// <summary>Looks for studies that are complete and announces each revision once, however many replicas look: evidence and decision are
/// rows in the database.</summary>
internal sealed partial class StudyCompletion(
    IDbContextFactory<GatewayDbContext> databases,
    IOptions<DicomListenerOptions> options,
    Outages outages,
    TimeProvider time,
    ILogger<StudyCompletion> logger)
    : BackgroundService
{
    private const string Work = "the completion of studies";
    private const int MaxStudies = 200;

    /// <summary>Completes every study that is due, however many wait: of each that is not complete it is written when it can be.</summary>
    /// <returns>How many this call completed.</returns>
    public async Task<int> DecideAsync(CancellationToken cancel)
    {
        var (completed, more, now) = (0, true, time.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(cancel);
        while (more)
        {
            var (studies, before) = (await CandidatesAsync(db, now, cancel), completed);
            var postponed = new List<(Guid Id, DateTimeOffset DueAt, DateTimeOffset Until)>();
            foreach (var study in studies)
            {
                var (at, rule) = CompletionRule.Next(Evidence(study), QuietTimes(study.Last));
                if (at > now)
                    postponed.Add((study.Id, study.DueAt, at));
                else if (await CompleteAsync(db, study, rule, now, cancel))
                    completed++;
            }

            await DueStudies.PostponeAsync(db, postponed, cancel);
            more = studies.Count == MaxStudies && (postponed.Count > 0 || completed > before);
        }

        return completed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Completion.Poll, time);
        var begun = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (!begun)    // by settings that may be other ones now
                    await DueStudies.LookAtAllAsync(databases, time.GetUtcNow(), stoppingToken);
                begun = true;
                await DecideAsync(stoppingToken);
                outages.Resumed(Work);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (!outages.Holds(error, Work))
                    LogFailed(error);    // studies that were not decided are looked at again
            }
        }
    }

    private static Task<List<Candidate>> CandidatesAsync(GatewayDbContext db, DateTimeOffset now, CancellationToken cancel) =>
        db.Studies.Where(study => study.State == StudyState.Receiving && study.DueAt <= now)
            .OrderBy(study => study.DueAt)
            .Take(MaxStudies)
            .Select(study => new
            {
                Study = study,
                AnyOpen = db.AssociationStudies.Any(e => e.StudyId == study.Id && e.Association.Outcome == AssociationOutcome.Open),
                Last = db.AssociationStudies.Where(e => e.StudyId == study.Id)
                    .OrderByDescending(e => e.Association.ClosedAt != null).ThenByDescending(e => e.Association.ClosedAt)
                    .ThenByDescending(e => e.Association.OpenedAt)
                    .Select(e => e.Association)
                    .FirstOrDefault(),
                LostSenderAt = db.AssociationStudies
                    .Where(e => e.StudyId == study.Id && e.Association.Outcome == AssociationOutcome.Aborted)
                    .Where(lost => !db.AssociationStudies.Any(back =>
                        back.StudyId == study.Id && back.Association.Outcome == AssociationOutcome.Released
                        && back.Association.CallingAe == lost.Association.CallingAe
                        && back.Association.RemoteAddress == lost.Association.RemoteAddress
                        && back.Association.TlsSubject == lost.Association.TlsSubject
                        && back.Association.OpenedAt >= lost.Association.SeenAt))
                    .Max(lost => (DateTimeOffset?)lost.Association.SeenAt),
                Stored = study.ExpectedInstances == null ? 0 : db.Instances.Count(i =>
                    i.Series.StudyId == study.Id && i.Series.Origin == SeriesOrigin.Received && !i.Conflict),
            })
            .Select(found => new Candidate(
                found.Study.Id, found.Study.Revision, found.Study.LastReceivedAt, found.Study.DueAt!.Value, found.AnyOpen, found.Last,
                found.LostSenderAt, found.Stored,
                found.Study.ExpectedInstances))
            .ToListAsync(cancel);

    private static CompletionEvidence Evidence(Candidate study) => new(
        study.LastImageAt, study.AnyOpen, study.Last?.ClosedAt, study.Last?.Outcome == AssociationOutcome.Aborted,
        study.Last?.CallingAe == StowRequests.CallingAe, study.LostSenderAt, AllCame: study.Stored == study.Expected);

    /// <summary>Those of the entry that let the association in.</summary>
    private CompletionOptions QuietTimes(Association? last)
    {
        var all = options.Value.Completion;
        var caller = last is null ? null : options.Value.Find(last);
        return new()
        {
            ReleasedQuiet = caller?.ReleasedQuiet ?? (last?.CallingAe == StowRequests.CallingAe ? all.StowQuiet : all.ReleasedQuiet),
            AbortedQuiet = caller?.AbortedQuiet ?? all.AbortedQuiet,
            IdleForced = caller?.IdleForced ?? all.IdleForced,
        };
    }

    /// <summary>Does nothing if the row of the study changed since it was read, because another replica was first or a late image
    /// came.</summary>
    private async Task<bool> CompleteAsync(GatewayDbContext db, Candidate study, string rule, DateTimeOffset now, CancellationToken cancel)
    {
        var revision = study.Revision + 1;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var won = await db.Studies
            .Where(s => s.Id == study.Id && s.State == StudyState.Receiving)
            .Where(s => s.Revision == study.Revision && s.LastReceivedAt == study.LastImageAt)
            .ExecuteUpdateAsync(s => s
                .SetProperty(x => x.State, StudyState.Received)
                .SetProperty(x => x.DueAt, (DateTimeOffset?)null)
                .SetProperty(x => x.Revision, revision)
                .SetProperty(x => x.CompletionRule, rule)
                .SetProperty(x => x.CompletedAt, now)
                .SetProperty(x => x.CompletedInstances, db.Instances.Count(i =>
                    i.Series.StudyId == study.Id && i.Series.Origin == SeriesOrigin.Received && !i.Conflict)), cancel) == 1;
        if (!won)
            return false;

        var series = db.Series.Where(s => s.StudyId == study.Id);
        await series.MoveAsync(db, SeriesEvent.StudyCompleted, cancel, set => set.SetProperty(s => s.Revision, revision));
        await series.Where(s => db.Series.Any(source => source.Id == s.DerivedFromSeriesId && source.Revision > s.Revision))
            .MoveAsync(db, SeriesEvent.SourceChanged, cancel);
        await db.SettleStudiesAsync([study.Id], cancel);
        db.Urgent = await db.Studies.AnyAsync(s => s.Id == study.Id && s.UrgentBy != null, cancel);
        db.Enqueue(new StudyReceived { StudyId = study.Id, Revision = revision }, time);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        LogCompleted(study.Id, revision, rule);
        return true;
    }

    private sealed record Candidate(
        Guid Id, int Revision, DateTimeOffset LastImageAt, DateTimeOffset DueAt, bool AnyOpen, Association? Last,
        DateTimeOffset? LostSenderAt, int Stored, int? Expected);

    [LoggerMessage(EventId = 1120, Level = LogLevel.Information, Message = "Study {StudyId} revision {Revision} is complete ({Rule})")]
    private partial void LogCompleted(Guid studyId, int revision, string rule);

    [LoggerMessage(EventId = 1121, Level = LogLevel.Error, Message = "Studies could not be looked at")]
    private partial void LogFailed(Exception error);
}
