using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Received images that a received note rejects (IHE IOCM): kept, and used nowhere.</summary>
public static class RejectedImages
{
    /// <summary>Flags those of a study that a note names and that no note has named before; their series are judged anew, without them, and
    /// leave the archive until then. In the caller's transaction.</summary>
    /// <param name="db">Its transaction is the caller's.</param>
    /// <param name="studyId">The study that the note is in.</param>
    /// <param name="uids">SOP Instance UIDs, of this study or of others.</param>
    /// <param name="code">Title code of the note.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    /// <returns>How many were flagged.</returns>
    public static async Task<int> RejectImagesAsync(
        this GatewayDbContext db, Guid studyId, IReadOnlyCollection<string> uids, string code, CancellationToken cancel)
    {
        await db.LockStudiesAsync([studyId], cancel);
        var images = db.Instances.Where(i => i.Series.StudyId == studyId && i.Series.Origin == SeriesOrigin.Received)
            .Where(i => i.RejectedAs == null && uids.Contains(i.SopInstanceUid));
        var ids = await images.Select(i => i.SeriesId).Distinct().ToListAsync(cancel);
        if (ids.Count == 0)
            return 0;
        var rejected = await images.ExecuteUpdateAsync(
            set => set.SetProperty(i => i.RejectedAs, code).SetProperty(i => i.Conflict, true), cancel);
        await db.ReopenStudyAsync(studyId, cancel);
        var series = db.Series.Where(s => ids.Contains(s.Id));
        await series.MoveAsync(db, SeriesEvent.ImagesRejected, cancel);
        await db.TakeOutAsync(series, cancel);
        await db.SettleStudiesAsync([studyId], cancel);
        return rejected;
    }
}
