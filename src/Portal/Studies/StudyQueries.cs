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
        var studies = db.Studies.AsNoTracking().Select(StudyWithState.Of);
        if (filter.StudyInstanceUid is { } uid)
            studies = studies.Where(s => s.Study.StudyInstanceUid == uid);
        if (filter.State is { } state)
            studies = studies.Where(s => s.State == state);
        if (page.After is { At: var at, Id: var id })
            studies = studies.Where(s => s.Study.FirstReceivedAt < at || (s.Study.FirstReceivedAt == at && s.Study.Id < id));
        var rows = await studies.OrderByDescending(s => s.Study.FirstReceivedAt).ThenByDescending(s => s.Study.Id)
            .Take(page.Limit + 1).ToListAsync(cancel);
        var found = Page<StudyWithState>.Of(rows, page.Limit, s => new(s.Study.FirstReceivedAt, s.Study.Id));

        var ids = found.Items.Select(s => s.Study.Id).ToList();
        var series = await db.Series.Where(s => ids.Contains(s.StudyId)).Select(s => new { s.StudyId, s.Modality, s.Origin }).ToListAsync(cancel);
        var byStudy = series.ToLookup(s => s.StudyId);
        return found.Select(s => new StudyRow(
            s.Study,
            s.State,
            [.. byStudy[s.Study.Id].Where(x => x.Origin == SeriesOrigin.Received).Select(x => x.Modality ?? "")],
            [.. byStudy[s.Study.Id].Where(x => x.Origin == SeriesOrigin.Derived).Select(x => x.Modality ?? "")]));
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
            .SingleOrDefaultAsync(cancel);
    }

    /// <summary>What happened around a study: associations, deliveries, failures and the version of its ImagingStudy.</summary>
    public async Task<StudyActivity> ActivityAsync(Study study, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var associations = await db.AssociationStudies.Where(a => a.StudyId == study.Id).Select(a => a.Association)
            .OrderBy(a => a.OpenedAt).AsNoTracking().ToListAsync(cancel);
        var deliveries = await db.Deliveries.AsNoTracking().Include(d => d.Instance)
            .Where(d => d.Instance.Series.StudyId == study.Id).ToListAsync(cancel);
        var series = study.Series.Select(s => s.Id).ToList();
        var failures = await db.Failures.AsNoTracking()
            .Where(f => f.StudyId == study.Id || (f.SeriesId != null && series.Contains(f.SeriesId.Value)))
            .OrderBy(f => f.At).ToListAsync(cancel);
        var failed = failures.ConvertAll(f => f.Id);
        var replays = await db.Replays.AsNoTracking().Include(r => r.Failure).Where(r => failed.Contains(r.FailureId)).ToListAsync(cancel);
        var imagingStudy = await db.FhirResources.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Type == "ImagingStudy" && r.StudyId == study.Id, cancel);
        return new(associations, deliveries, failures, replays, imagingStudy);
    }
}
