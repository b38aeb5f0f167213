using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>Searches for studies, series and instances (PS3.18 section 10.6) in what was received and in what was made here.</summary>
internal sealed class DicomWebSearch(IDbContextFactory<GatewayDbContext> databases)
{
    /// <summary>What matches, newest study first, below it in the order people read it.</summary>
    /// <param name="request">The search.</param>
    /// <param name="scope">Study and series that the address names.</param>
    /// <returns>One more than the limit says where there are more; null when there is no such study or series.</returns>
    public async Task<IReadOnlyList<Found>?> RunAsync(SearchRequest request, SearchScope scope, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!scope.IsEverything && !await scope.Within(Shown.Instances(db)).AnyAsync(cancel))
            return null;
        return request.Level switch
        {
            QueryLevel.Study => await StudiesAsync(db, request, cancel),
            QueryLevel.Series => await SeriesAsync(db, request, scope, cancel),
            _ => await InstancesAsync(db, request, scope, cancel),
        };
    }

    private static async Task<IReadOnlyList<Found>> StudiesAsync(GatewayDbContext db, SearchRequest request, CancellationToken cancel)
    {
        var shown = Shown.Instances(db);
        var studies = await Paged(
            Studies(db, request).Where(s => shown.Any(i => i.Series.StudyId == s.Id))
                .OrderByDescending(s => s.FirstReceivedAt).ThenByDescending(s => s.Id),
            request).ToListAsync(cancel);
        return [.. (await StudyFactsAsync(db, studies, cancel)).Where(found => found.SeriesOfStudy > 0)];
    }

    private static async Task<IReadOnlyList<Found>> SeriesAsync(
        GatewayDbContext db, SearchRequest request, SearchScope scope, CancellationToken cancel)
    {
        var shown = Shown.Instances(db);
        var found = await Paged(
            scope.Within(Series(db, request)).Where(s => shown.Any(i => i.SeriesId == s.Id))
                .OrderByDescending(s => s.Study.FirstReceivedAt).ThenByDescending(s => s.StudyId)
                .ThenBy(s => s.SeriesNumber ?? int.MaxValue).ThenBy(s => s.SeriesInstanceUid),
            request).Include(s => s.Study).ToListAsync(cancel);
        var facts = await StudyFactsAsync(db, [.. found.Select(s => s.Study).DistinctBy(s => s.Id)], cancel);
        var byStudy = facts.ToDictionary(f => f.Study.Id);
        var ids = found.ConvertAll(s => s.Id);
        var counts = await CountsAsync(db, i => ids.Contains(i.SeriesId), cancel);
        var byId = counts.ToDictionary(c => c.SeriesId);
        return [.. from series in found
                   where byId.ContainsKey(series.Id)
                   let count = byId[series.Id]
                   select byStudy[series.StudyId] with { Series = series, InstancesOfSeries = count.Instances, Sample = count.Sample }];
    }

    private static async Task<IReadOnlyList<Found>> InstancesAsync(
        GatewayDbContext db, SearchRequest request, SearchScope scope, CancellationToken cancel)
    {
        var series = Series(db, request);
        var matching = request.Keys.Where(k => k.Key.Level == QueryLevel.Instance)
            .Aggregate(scope.Within(Shown.Instances(db)), Conditions.Of);
        if (request.Keys.Exists(k => k.Key.Level != QueryLevel.Instance))
            matching = matching.Where(i => series.Any(s => s.Id == i.SeriesId));
        var found = await Paged(
            matching.OrderByDescending(i => i.Series.Study.FirstReceivedAt).ThenByDescending(i => i.Series.StudyId)
                .ThenBy(i => i.Series.SeriesNumber ?? int.MaxValue).ThenBy(i => i.Series.SeriesInstanceUid)
                .ThenBy(i => i.InstanceNumber ?? int.MaxValue).ThenBy(i => i.SopInstanceUid),
            request).Include(i => i.Series).ThenInclude(s => s.Study).ToListAsync(cancel);
        var facts = await StudyFactsAsync(db, [.. found.Select(i => i.Series.Study).DistinctBy(s => s.Id)], cancel);
        var byStudy = facts.ToDictionary(f => f.Study.Id);
        var ids = found.Select(i => i.SeriesId).Distinct().ToList();
        var counts = (await CountsAsync(db, i => ids.Contains(i.SeriesId), cancel)).ToDictionary(c => c.SeriesId);
        return [.. from instance in found
                   where counts.ContainsKey(instance.SeriesId)
                   select byStudy[instance.Series.StudyId] with
                   {
                       Series = instance.Series,
                       Instance = instance,
                       InstancesOfSeries = counts[instance.SeriesId].Instances,
                       Sample = instance.Sha256,
                   }];
    }

    private static IQueryable<Study> Studies(GatewayDbContext db, SearchRequest request) =>
        request.Keys.Where(k => k.Key.Level == QueryLevel.Study).Aggregate(db.Studies.AsNoTracking(), new Conditions(db).Of);

    private static IQueryable<Series> Series(GatewayDbContext db, SearchRequest request)
    {
        var series = request.Keys.Where(k => k.Key.Level == QueryLevel.Series)
            .Aggregate(db.Series.AsNoTracking(), new Conditions(db).Of);
        var studies = Studies(db, request);
        return request.Keys.Exists(k => k.Key.Level == QueryLevel.Study) ? series.Where(s => studies.Any(x => x.Id == s.StudyId)) : series;
    }

    private static IQueryable<T> Paged<T>(IQueryable<T> ordered, SearchRequest request) =>
        ordered.Skip(request.Offset).Take(request.Limit + 1);

    private static async Task<List<Found>> StudyFactsAsync(GatewayDbContext db, List<Study> studies, CancellationToken cancel)
    {
        var ids = studies.ConvertAll(s => s.Id);
        var counts = (await CountsAsync(db, i => ids.Contains(i.Series.StudyId), cancel)).ToLookup(c => c.StudyId);
        var patients = (await db.StudyPatients.AsNoTracking().Where(p => ids.Contains(p.StudyId) && !p.RuledOut).ToListAsync(cancel))
            .ToLookup(p => p.StudyId);
        return studies.ConvertAll(study => new Found
        {
            Study = study,
            Patients = [.. patients[study.Id].OrderBy(p => p.Id)],
            Modalities = [.. counts[study.Id].Select(c => c.Modality).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
            SeriesOfStudy = counts[study.Id].Count(),
            InstancesOfStudy = counts[study.Id].Sum(c => c.Instances),
            Sample = counts[study.Id].Select(c => c.Sample).Min(StringComparer.Ordinal) ?? "",
        });
    }

    private static async Task<List<SeriesCount>> CountsAsync(
        GatewayDbContext db, System.Linq.Expressions.Expression<Func<Instance, bool>> of, CancellationToken cancel) =>
        await Shown.Instances(db).Where(of)
            .GroupBy(i => new { i.SeriesId, i.Series.StudyId, i.Series.Modality })
            .Select(g => new SeriesCount(g.Key.StudyId, g.Key.SeriesId, g.Key.Modality, g.Count(), g.Min(i => i.Sha256)!))
            .ToListAsync(cancel);
}
