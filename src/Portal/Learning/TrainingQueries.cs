using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>What the page and the API read of training jobs.</summary>
internal sealed class TrainingQueries(IDbContextFactory<GatewayDbContext> databases)
{
    /// <summary>So many points tell how a curve runs.</summary>
    public const int MostPoints = 300;

    public static readonly IReadOnlyList<TrainingJobState> Open = [
        TrainingJobState.Queued, TrainingJobState.Running, TrainingJobState.Paused];

    /// <summary>Jobs, newest first.</summary>
    /// <param name="states">Those shown; empty for all.</param>
    /// <param name="page">How many, and from where.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    public async Task<Page<TrainingJob>> JobsAsync(IReadOnlyList<TrainingJobState> states, PageRequest page, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = db.TrainingJobs.AsNoTracking();
        if (states.Count > 0)
            rows = rows.Where(j => states.Contains(j.State));
        if (page.After is { At: var at, Id: var id })
            rows = rows.Where(j => j.CreatedAt < at || (j.CreatedAt == at && j.Id < id));
        var found = await rows.OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id).Take(page.Limit + 1).ToListAsync(cancel);
        return Page<TrainingJob>.Of(found, page.Limit, j => new(j.CreatedAt, j.Id));
    }

    /// <summary>All jobs that have not ended: of each pair there is one at most.</summary>
    public async Task<IReadOnlyList<JobDetail>> OpenAsync(CancellationToken cancel)
    {
        var jobs = await JobsAsync(Open, new(PageRequest.MaxLimit, null), cancel);
        var details = new List<JobDetail>();
        foreach (var job in jobs.Items)
            details.Add(new(job, await PointsAsync(job.Id, 0, cancel), [], []));
        return details;
    }

    /// <returns>Null: there is no such job.</returns>
    public async Task<TrainingJob?> JobAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.TrainingJobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, cancel);
    }

    /// <returns>Null: there is no such job.</returns>
    public async Task<JobDetail?> FindAsync(Guid id, CancellationToken cancel)
    {
        if (await JobAsync(id, cancel) is not { } job)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var sheets = await db.TrainingSheets.AsNoTracking().Where(s => s.JobId == id).OrderByDescending(s => s.Step).ToListAsync(cancel);
        var models = await db.Models.AsNoTracking().Where(m => m.JobId == id).OrderBy(m => m.Direction).ThenBy(m => m.Digest)
            .ToListAsync(cancel);
        return new(job, Thin(await PointsAsync(id, 0, cancel)), sheets, models);
    }

    /// <summary>What was measured after this step, oldest first.</summary>
    public async Task<IReadOnlyList<TrainingPoint>> PointsAsync(Guid job, int after, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.TrainingPoints.AsNoTracking().Where(p => p.JobId == job && p.Step > after).OrderBy(p => p.Step).ToListAsync(cancel);
    }

    /// <summary>Neighbours in one: a point is the mean over the steps before it, and so is that of several.</summary>
    internal static IReadOnlyList<TrainingPoint> Thin(IReadOnlyList<TrainingPoint> points)
    {
        var together = (points.Count + MostPoints - 1) / MostPoints;
        return together <= 1 ? points : [.. points.Chunk(together).Select(Mean)];
    }

    private static TrainingPoint Mean(TrainingPoint[] points) => new()
    {
        JobId = points[^1].JobId,
        Step = points[^1].Step,
        At = points[^1].At,
        SecondsPerStep = points.Average(point => point.SecondsPerStep),
        Losses = points.SelectMany(point => point.Losses).GroupBy(loss => loss.Key)
            .ToDictionary(loss => loss.Key, loss => loss.Average(one => one.Value)),
    };
}
