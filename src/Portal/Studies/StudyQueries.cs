using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>What the page and the API read of studies.</summary>
internal sealed class StudyQueries(IDbContextFactory<GatewayDbContext> databases)
{
    /// <summary>Studies, newest first.</summary>
    public async Task<Page<StudyRow>> ListAsync(StudyFilter filter, PageRequest page, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await Listed(db, filter, page).ToListAsync(cancel);
        var found = Page<Study>.Of(rows, page.Limit, s => new(s.FirstReceivedAt, s.Id));

        if (rows.Count == 0)
            return new([], null);

        var ids = found.Items.Select(s => s.Id).ToList();
        var series = await db.Series.Where(s => ids.Contains(s.StudyId)).Select(s => new { s.StudyId, s.Modality, s.Origin })
            .ToListAsync(cancel);
        var (byStudy, stored) = (series.ToLookup(s => s.StudyId), await StoredSoFarAsync(db, found.Items, cancel));
        return found.Select(s => new StudyRow(
            s,
            stored.GetValueOrDefault(s.Id, s.CompletedInstances),
            [.. byStudy[s.Id].Where(x => x.Origin == SeriesOrigin.Received).Select(x => x.Modality ?? "")],
            [.. byStudy[s.Id].Where(x => x.Origin == SeriesOrigin.Derived).Select(x => x.Modality ?? "")]));
    }

    /// <summary>One row more than the page holds.</summary>
    public static IQueryable<Study> Listed(GatewayDbContext db, StudyFilter filter, PageRequest page)
    {
        var studies = db.Studies.AsNoTracking();
        if (filter.StudyInstanceUid is { } uid)
            studies = studies.Where(s => s.StudyInstanceUid == uid);
        if (filter.State is { } state)
            studies = studies.Where(s => s.WorklistState == state);
        // So written, the first condition is where both databases enter the index.
        if (page.After is { At: var at, Id: var id })
            studies = studies.Where(s => s.FirstReceivedAt <= at && (s.FirstReceivedAt < at || s.Id < id));
        return studies.OrderByDescending(s => s.FirstReceivedAt).ThenByDescending(s => s.Id).Take(page.Limit + 1);
    }

    /// <summary>How many images are stored of each of the studies to which images may still come.</summary>
    private static async Task<Dictionary<Guid, int>> StoredSoFarAsync(
        GatewayDbContext db, IEnumerable<Study> studies, CancellationToken cancel)
    {
        var receiving = studies.Where(s => s.State == StudyState.Receiving).Select(s => s.Id).ToList();
        if (receiving.Count == 0)
            return [];
        return await db.Series.Where(s => receiving.Contains(s.StudyId) && s.Origin == SeriesOrigin.Received)
            .Select(s => new { s.StudyId, Images = s.Instances.Count(i => !i.Conflict) })
            .GroupBy(s => s.StudyId).Select(study => new { study.Key, Images = study.Sum(s => s.Images) })
            .ToDictionaryAsync(study => study.Key, study => study.Images, cancel);
    }

    /// <summary>One study with its series, instances and pictures, in the order people read them; null when there is none.</summary>
    /// <param name="key">The gateway's id or the Study Instance UID.</param>
    public async Task<Study?> FindAsync(string key, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var studies = Guid.TryParseExact(key, "D", out var id)
            ? db.Studies.Where(s => s.Id == id)
            : db.Studies.Where(s => s.StudyInstanceUid == key);
        return await studies.AsNoTracking().AsSplitQuery()
            .Include(s => s.Series.OrderBy(x => x.SeriesNumber).ThenBy(x => x.SeriesInstanceUid))
            .ThenInclude(s => s.Instances.OrderBy(x => x.InstanceNumber).ThenBy(x => x.SopInstanceUid))
            .Include(s => s.Series).ThenInclude(s => s.Pictures)
            .Include(s => s.Series).ThenInclude(s => s.Releases.OrderBy(x => x.At))
            .Include(s => s.Series).ThenInclude(s => s.Verdicts.OrderBy(x => x.At).ThenBy(x => x.Id))
            .Include(s => s.Patients).Include(s => s.PatientChoices.OrderBy(x => x.At))
            .SingleOrDefaultAsync(cancel);
    }

    /// <summary>What happened around a study: associations, deliveries, failures and the version of its ImagingStudy.</summary>
    public async Task<StudyActivity> ActivityAsync(Study study, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var associations = await db.AssociationStudies.Where(a => a.StudyId == study.Id).Select(a => a.Association)
            .OrderBy(a => a.OpenedAt).AsNoTracking().ToListAsync(cancel);
        var deliveries = await db.Deliveries.AsNoTracking().Include(d => d.Instance.Series)
            .Where(d => d.Instance.Series.StudyId == study.Id).ToListAsync(cancel);
        var series = study.Series.Select(s => s.Id).ToList();
        var failures = await db.Failures.AsNoTracking()
            .Where(f => f.StudyId == study.Id || (f.SeriesId != null && series.Contains(f.SeriesId.Value)))
            .OrderBy(f => f.At).ToListAsync(cancel);
        var failed = failures.ConvertAll(f => f.Id);
        var replays = await db.Replays.AsNoTracking().Include(r => r.Failure).Where(r => failed.Contains(r.FailureId)).ToListAsync(cancel);
        var imagingStudy = await db.FhirResources.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Type == "ImagingStudy" && r.StudyId == study.Id, cancel);
        var publication = await db.FhirPublications.AsNoTracking().SingleOrDefaultAsync(p => p.StudyId == study.Id, cancel);
        return new(associations, deliveries, failures, replays, imagingStudy) { Publication = publication };
    }
}
