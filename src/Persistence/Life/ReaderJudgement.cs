using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>The one place where a reader's verdict on a derived series is written, with what follows from it.</summary>
public static class ReaderJudgement
{
    /// <summary>Of a source whose result was rejected.</summary>
    public static readonly Reason Rejected = ReasonCode.RejectedByReader.Because("A reader rejected what was made of it.");

    /// <summary>Keeps a verdict. A rejection puts the series aside as if it were superseded, and its source out of translation and archive;
    /// an acceptance after that has the source translated anew, since an archive may have hidden the rejected UIDs for good.</summary>
    /// <param name="db">Its transaction is the caller's, who saves and commits.</param>
    /// <param name="verdict">New. By and why within what the database keeps.</param>
    /// <param name="time">Clock of the messages.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    public static async Task<JudgeResult> JudgeAsync(
        this GatewayDbContext db, ReaderVerdict verdict, TimeProvider time, CancellationToken cancel)
    {
        var made = db.Series.AsNoTracking().Where(s => s.Id == verdict.SeriesId && s.Origin == SeriesOrigin.Derived);
        var studies = await made.Select(s => s.StudyId).ToListAsync(cancel);
        if (studies.Count == 0)
            return JudgeResult.NoSuchResult;
        await db.LockStudiesAsync(studies, cancel);
        var result = await made.Include(s => s.Verdicts).SingleAsync(cancel);
        if (IsKnown(verdict, result.Verdicts))
            return JudgeResult.Already;
        // Who waited for the lock comes after whoever held it, also by another machine's clock.
        if (result.Verdicts.Count > 0 && result.Verdicts.Max(one => one.At) is var last && verdict.At <= last)
            verdict.At = last.AddMilliseconds(1);
        if (verdict.Kind != VerdictKind.Commented && result.State == SeriesState.Superseded
            && !await IsAwaitedAsync(result, db, cancel))
            return JudgeResult.TookItsPlace;
        if (verdict.Kind == VerdictKind.Rejected)
            await PutAsideAsync(result, db, cancel);
        else if (verdict.Kind == VerdictKind.Accepted && result.State == SeriesState.Superseded)
            await MakeAnewAsync(result, db, time, cancel);
        db.ReaderVerdicts.Add(verdict);
        db.Enqueue(new ResultJudged { SeriesId = result.Id }, time);
        return JudgeResult.Recorded;
    }

    /// <summary>A note that was obeyed, the decision that counts, or this person's last words.</summary>
    private static bool IsKnown(ReaderVerdict verdict, List<ReaderVerdict> before)
    {
        if (verdict.NoteUid is { } note)
            return before.Exists(one => one.NoteUid == note);
        var last = verdict.Kind == VerdictKind.Commented
            ? before.Where(one => one.By == verdict.By).MaxBy(one => one.At) : ReaderVerdict.Counting(before);
        return last is not null && (last.Kind, last.By, last.Why, last.Title) == (verdict.Kind, verdict.By, verdict.Why, verdict.Title);
    }

    /// <summary>Whether it is the result that a reader rejected and nothing has come after.</summary>
    private static async Task<bool> IsAwaitedAsync(Series result, GatewayDbContext db, CancellationToken cancel) =>
        ReaderVerdict.Counting(result.Verdicts)?.Kind == VerdictKind.Rejected
        && await db.Series.AsNoTracking().SingleOrDefaultAsync(s => s.Id == result.DerivedFromSeriesId, cancel) is
        { State: SeriesState.Ineligible } source
        && source.Reasons.Exists(reason => reason.Code == Rejected.Code);

    private static async Task PutAsideAsync(Series result, GatewayDbContext db, CancellationToken cancel)
    {
        if (await db.Series.Where(s => s.Id == result.Id).MoveAsync(db, SeriesEvent.RejectedByReader, cancel) == 0)
            return;
        var source = db.Series.Where(s => s.Id == result.DerivedFromSeriesId);
        if (await source.MoveAsync(
            db, SeriesEvent.ResultRejected, cancel, set => set.SetProperty(s => s.Reasons, new List<Reason> { Rejected })) == 1)
            await db.TakeOutAsync(source, cancel);
    }

    private static async Task MakeAnewAsync(Series result, GatewayDbContext db, TimeProvider time, CancellationToken cancel)
    {
        var source = db.Series.Where(s => s.Id == result.DerivedFromSeriesId);
        await source.MoveAsync(db, SeriesEvent.ResultAccepted, cancel, set => set.SetProperty(s => s.Reasons, new List<Reason>()));
        var (id, revision) = await source.Select(s => new ValueTuple<Guid, int>(s.Id, s.Revision)).SingleAsync(cancel);
        var message = new TranslateSeries { SeriesId = id, Revision = revision, Direction = result.Direction };
        db.Enqueue(message, time);
    }
}
