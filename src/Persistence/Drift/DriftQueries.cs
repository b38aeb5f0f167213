using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Persistence;

/// <summary>Reads the drift of every profile that has been seen.</summary>
public sealed class DriftQueries(IDbContextFactory<GatewayDbContext> databases, IOptions<DriftOptions> options, TimeProvider time)
{
    /// <summary>By code of the profile.</summary>
    public async Task<IReadOnlyList<ProfileDrift>> ReadAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        var oldest = DriftWeek.Of(now).AddDays(-7 * (options.Value.Weeks - 1));
        var modalities = await db.Observations.Select(seen => seen.Modality).Union(db.ArchiveSamples.Select(sample => sample.Modality))
            .ToListAsync(cancel);
        var found = new List<ProfileDrift>();
        foreach (var modality in modalities.Order(StringComparer.Ordinal))
        {
            var live = await LiveAsync(db.Observations.Where(seen => seen.Modality == modality && seen.At >= oldest), db, cancel);
            found.Add(DriftAnalysis.Of(modality, live, await ReferenceAsync(modality, live, db, cancel), options.Value, now));
        }
        return found;
    }

    /// <summary>What readers said of the results of these weeks, by model.</summary>
    public async Task<IReadOnlyList<ReaderRate>> ReadersAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await ReaderRate.ReadAsync(db, DriftWeek.Of(time.GetUtcNow()).AddDays(-7 * (options.Value.Weeks - 1)), cancel);
    }

    private static async Task<List<DriftRow>> LiveAsync(IQueryable<Observation> rows, GatewayDbContext db, CancellationToken cancel)
    {
        var judged = await db.Series.AsNoTracking().Include(s => s.Verdicts)
            .Where(s => s.Verdicts.Any(verdict => verdict.Kind == VerdictKind.Rejected))
            .Where(s => rows.Any(seen => seen.SeriesId == s.DerivedFromSeriesId && seen.Revision == s.Revision)).ToListAsync(cancel);
        var rejected = judged.Where(ReaderVerdict.IsRejected).Select(s => s.DerivedFromSeriesId!.Value).ToHashSet();
        return [.. (await rows.AsNoTracking().OrderBy(seen => seen.SeriesId).ToListAsync(cancel)).Select(
            seen => new DriftRow(
                seen.At, seen.CallingAe, seen.Vendor, seen.HeldBy, seen.Measures, rejected.Contains(seen.SeriesId)))];
    }

    private async Task<DriftReference> ReferenceAsync(string modality, List<DriftRow> live, GatewayDbContext db, CancellationToken cancel)
    {
        var prefix = modality + "-";
        var manifest = await db.Models.Where(
            model => model.State == ModelState.Champion && model.Direction.StartsWith(prefix) && model.ManifestDigest != null)
            .OrderBy(model => model.Direction).Select(model => model.ManifestDigest).FirstOrDefaultAsync(cancel);
        var archive = db.ArchiveSamples.Where(sample => sample.Modality == modality);
        var listed = db.ManifestSamples.Where(sample => sample.ManifestDigest == manifest && sample.Modality == modality);
        var known = listed.Where(sample => sample.Split == ArchiveSplit.Train).Select(sample => sample.Subject);
        var unknown = await archive.Select(sample => sample.Subject).Distinct().CountAsync(subject => !known.Contains(subject), cancel);
        if (manifest is not null
            && await RowsAsync(archive.Where(sample => listed.Any(one => one.Sha256 == sample.Sha256)), cancel) is var learned
            && Enough(learned))
            return new(DriftReferenceKind.Manifest, manifest, learned, unknown);
        var all = await RowsAsync(archive, cancel);
        return Enough(all.Where(row => row.At < DriftWeek.Of(time.GetUtcNow())))
            ? new(DriftReferenceKind.Archive, null, all, unknown)
            : new(DriftReferenceKind.EarlierWeeks, null, live, unknown);
    }

    private static async Task<List<DriftRow>> RowsAsync(IQueryable<ArchiveSample> samples, CancellationToken cancel) =>
        [.. (await samples.AsNoTracking().ToListAsync(cancel))
            .Select(sample => new DriftRow(sample.EnteredOn, sample.CallingAe, sample.Vendor, null, sample.Measures))];

    /// <summary>Samples from before figures were kept tell nothing.</summary>
    private bool Enough(IEnumerable<DriftRow> rows) => rows.Count(row => row.Measures.Count > 0) >= options.Value.Fewest;
}
