using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>What the page and the API read of the archive and its manifests.</summary>
internal sealed class ArchiveQueries(IDbContextFactory<GatewayDbContext> databases)
{
    public async Task<ArchiveOverview> OverviewAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var counts = await db.ArchiveSamples.GroupBy(s => new { s.Modality, s.Split, s.Vendor, s.CallingAe })
            .Select(g => new ArchiveCount(g.Key.Modality, g.Key.Split, g.Key.Vendor, g.Key.CallingAe, g.Count())).ToListAsync(cancel);
        var subjects = await db.ArchiveSamples.Select(s => new { s.Modality, s.Split, s.Subject }).Distinct()
            .GroupBy(s => new { s.Modality, s.Split }).Select(g => new SubjectCount(g.Key.Modality, g.Key.Split, g.Count()))
            .ToListAsync(cancel);
        var days = await db.ArchiveSamples.GroupBy(s => new { s.Modality, s.EnteredOn })
            .Select(g => new { g.Key.Modality, g.Key.EnteredOn, Samples = g.Count() }).ToListAsync(cancel);
        return new(
            counts, subjects, await db.ArchiveSamples.Select(s => s.Subject).Distinct().CountAsync(cancel),
            await db.ArchiveTombstones.CountAsync(cancel), Weeks(
                days.Select(day => (day.Modality, ArchiveWeek.Of(day.EnteredOn), day.Samples))));
    }

    /// <summary>The samples that entered last, newest first.</summary>
    public async Task<IReadOnlyList<NewestSample>> NewestAsync(int count, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.ArchiveSamples.OrderByDescending(s => s.EnteredOn).ThenByDescending(s => s.Id).Take(count)
            .Select(s => new NewestSample(s.Sha256, s.Modality, s.Split, s.EnteredOn)).ToListAsync(cancel);
    }

    /// <returns>Index of the slice that was translated in the object of this digest; null: the archive does not hold it.</returns>
    public async Task<int?> CentreAsync(string sha256, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.ArchiveSamples.Where(s => s.Sha256 == sha256).Select(s => (int?)s.Centre).FirstOrDefaultAsync(cancel);
    }

    /// <summary>Manifests, newest first.</summary>
    public async Task<Page<Manifest>> ManifestsAsync(PageRequest page, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = db.Manifests.AsNoTracking();
        if (page.After is { At: var at } after)
        {
            var digest = DigestCursor.Digest(after);
            rows = rows.Where(m => m.CreatedAt < at || (m.CreatedAt == at && string.Compare(m.Digest, digest) < 0));
        }
        var found = await rows.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Digest).Take(page.Limit + 1).ToListAsync(cancel);
        return Page<Manifest>.Of(found, page.Limit, m => DigestCursor.Of(m.CreatedAt, m.Digest));
    }

    /// <returns>Null: there is no such manifest.</returns>
    public async Task<ManifestDetail?> ManifestAsync(string digest, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Manifests.AsNoTracking().SingleOrDefaultAsync(m => m.Digest == digest, cancel) is not { } manifest)
            return null;
        var listed = db.ManifestSamples.Where(s => s.ManifestDigest == digest);
        var counts = await listed.GroupBy(s => new { s.Modality, s.Split, s.Vendor, s.CallingAe })
            .Select(g => new ArchiveCount(g.Key.Modality, g.Key.Split, g.Key.Vendor, g.Key.CallingAe, g.Count())).ToListAsync(cancel);
        var subjects = await listed.Select(s => new { s.Modality, s.Split, s.Subject }).Distinct()
            .GroupBy(s => new { s.Modality, s.Split }).Select(g => new SubjectCount(g.Key.Modality, g.Key.Split, g.Count()))
            .ToListAsync(cancel);
        var gone = await listed.CountAsync(s => !db.ArchiveSamples.Any(kept => kept.Sha256 == s.Sha256), cancel);
        var jobs = await db.TrainingJobs.AsNoTracking().Where(j => j.ManifestDigest == digest).OrderByDescending(j => j.CreatedAt)
            .ToListAsync(cancel);
        var models = await db.Models.AsNoTracking().Where(m => m.ManifestDigest == digest).OrderByDescending(m => m.CreatedAt)
            .ToListAsync(cancel);
        return new(manifest, counts, subjects, gone, jobs, models);
    }

    private static List<ArchiveWeek> Weeks(IEnumerable<(string Modality, DateOnly Monday, int Samples)> days)
    {
        var byWeek = days.GroupBy(day => day.Monday)
            .ToDictionary(
                week => week.Key, week => week.GroupBy(day => day.Modality).ToDictionary(m => m.Key, m => m.Sum(day => day.Samples)));
        var weeks = new List<ArchiveWeek>();
        if (byWeek.Count > 0)
            for (var (monday, last) = (byWeek.Keys.Min(), byWeek.Keys.Max()); monday <= last; monday = monday.AddDays(7))
                weeks.Add(new(monday, byWeek.GetValueOrDefault(monday, [])));
        return weeks;
    }
}
