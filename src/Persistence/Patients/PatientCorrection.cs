using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>A study that came again under the same SOP Instance UIDs, whole, and names another patient than before: as consoles and
/// archives send it after its patient was corrected.</summary>
/// <param name="StudyPatientId">The <see cref="StudyPatient"/> whom the later images name.</param>
/// <param name="Copies">Every image that names somebody else, and the one that came in its place.</param>
/// <remarks>docs/decisions/0027-a-study-sent-again-whole-is-corrected.md says why these rules.</remarks>
public sealed record PatientCorrection(Guid StudyPatientId, IReadOnlyList<(Instance Before, Instance Now)> Copies)
{
    /// <summary>The newest image's patient, where every image that names another was there before and has come again naming the newest
    /// one's, on another association. Whether the copies show the same is not looked at here.</summary>
    /// <returns>Null where it is not so, where the newest image has no Patient ID, and where a person has chosen before.</returns>
    public static async Task<PatientCorrection?> FindAsync(GatewayDbContext db, Guid studyId, CancellationToken cancel)
    {
        if (await db.PatientChoices.AnyAsync(c => c.StudyId == studyId && c.By != PatientChoice.ByTheStudy, cancel))
            return null;
        var patients = await db.StudyPatients.AsNoTracking().Where(p => p.StudyId == studyId && !p.RuledOut)
            .ToDictionaryAsync(p => p.Id, cancel);
        var images = await db.Instances.AsNoTracking()
            .Where(i => i.Series.StudyId == studyId && i.Series.Origin == SeriesOrigin.Received).ToListAsync(cancel);
        images.RemoveAll(i => i.StudyPatientId is not { } id || !patients.ContainsKey(id));
        if (images.MaxBy(i => (i.ReceivedAt, i.Id)) is not { } newest
            || patients[newest.StudyPatientId!.Value] is not { PatientId.Length: > 0 } now)
            return null;

        bool IsOfNow(Instance image) => !patients[image.StudyPatientId!.Value].Identity.DiffersFrom(now.Identity);
        var before = images.FindAll(i => !i.Conflict && !IsOfNow(i));
        var byUid = images.Where(IsOfNow).ToLookup(i => (i.SeriesId, i.SopInstanceUid));
        var copies = before.ConvertAll(
            i => (Before: i, Now: byUid[(i.SeriesId, i.SopInstanceUid)].MinBy(copy => (copy.ReceivedAt, copy.Id))!));
        return copies.Count > 0 && copies.TrueForAll(pair => pair.Now is not null) && CameAfter(copies) ? new(now.Id, copies) : null;
    }

    /// <summary>The same patient, by the same images.</summary>
    public bool IsStill(PatientCorrection? later) => StudyPatientId == later?.StudyPatientId && Ids.SetEquals(later.Ids);

    private HashSet<(Guid, Guid)> Ids => [.. Copies.Select(pair => (pair.Before.Id, pair.Now.Id))];

    private static bool CameAfter(List<(Instance Before, Instance Now)> copies)
    {
        var brought = copies.Select(pair => pair.Before.AssociationId).ToHashSet();
        return copies.Max(pair => pair.Before.ReceivedAt) < copies.Min(pair => pair.Now.ReceivedAt)
            && copies.TrueForAll(pair => !brought.Contains(pair.Now.AssociationId));
    }
}
