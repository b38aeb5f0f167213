using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>What the worklist says of a study follows from its own state and those of its series, and is stored with it, so that a list
/// can be filtered by an index. Whoever writes one of these states settles the study in the same transaction.</summary>
public static class StudyLife
{
    /// <summary>The state by what an operator must see first: more images coming, then something failed, then something held, then work not
    /// finished. Only then whether nothing was for us, every synthetic series, and every rejection of one, reached its destinations, or
    /// they exist here; superseded series count for nothing.</summary>
    public static readonly Expression<Func<Study, WorklistState>> State = study =>
        study.State == StudyState.Receiving ? WorklistState.Receiving
        : study.Series.Any(s => s.State == SeriesState.Failed) ? WorklistState.Failed
        : study.Series.Any(s => s.State == SeriesState.Held) ? WorklistState.Held
        : !study.Series.Any() || study.Series.Any(s => s.State == SeriesState.Receiving || s.State == SeriesState.Received
            || s.State == SeriesState.Queued || s.State == SeriesState.Translating) ? WorklistState.Received
        : !study.Series.Any(s => s.State != SeriesState.Ineligible && s.State != SeriesState.Superseded
            && s.Origin != SeriesOrigin.Rejection) ? WorklistState.Ineligible
        : study.Series.Any(s => s.Origin == SeriesOrigin.Derived && s.State == SeriesState.Delivered) && !study.Series.Any(s =>
            s.Origin != SeriesOrigin.Received && s.State != SeriesState.Delivered
                && s.State != SeriesState.Superseded) ? WorklistState.Delivered
        : WorklistState.Translated;

    /// <summary>An image was stored: the assignments as SQL text, for callers that prepare statements.</summary>
    public const string ReceivingAgain = $"state = '{nameof(StudyState.Receiving)}', worklist_state = '{nameof(WorklistState.Receiving)}'";

    /// <summary>Where <see cref="ReceivingAgain"/> changes nothing: the condition as SQL text.</summary>
    public const string IsReceiving = $"state = '{nameof(StudyState.Receiving)}' AND worklist_state = '{nameof(WorklistState.Receiving)}'";

    /// <summary>Makes others that change these studies or their series wait until the caller's transaction ends. Taken before the rows of
    /// series, as the listener and the completion do, so that no two wait for each other.</summary>
    public static async Task LockStudiesAsync(this GatewayDbContext db, List<Guid> studies, CancellationToken cancel)
    {
        // On SQLite one transaction writes at a time.
        if (db.Database.IsNpgsql())
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM studies WHERE id = ANY ({studies}) ORDER BY id FOR NO KEY UPDATE", cancel);
    }

    /// <summary>What is known of its images has changed: its completion is decided anew. In a transaction that has locked the study and
    /// settles it.</summary>
    public static Task ReopenStudyAsync(this GatewayDbContext db, Guid studyId, CancellationToken cancel) =>
        db.Studies.Where(study => study.Id == studyId).ExecuteUpdateAsync(
            set => set.SetProperty(study => study.State, StudyState.Receiving).SetProperty(
                study => study.DueAt, study => study.LastReceivedAt),
            cancel);

    /// <summary>Writes what follows from the rows as they are. In a transaction that has locked the studies: a series that another one
    /// moves at the same moment would not be seen.</summary>
    public static Task SettleStudiesAsync(this GatewayDbContext db, List<Guid> studies, CancellationToken cancel) =>
        db.Studies.Where(study => studies.Contains(study.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(study => study.WorklistState, State), cancel);
}
