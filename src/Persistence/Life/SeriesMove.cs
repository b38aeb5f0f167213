using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Gateway.Persistence;

/// <summary>The one place that writes the state of a series: an update that names the states it may leave.</summary>
/// <remarks>Other columns that change with the state are set by the same statement, or in the same transaction.</remarks>
public static class SeriesMove
{
    /// <summary>Moves each of the series whose state the event leads out of, and settles their studies, in the caller's transaction or in
    /// one of its own.</summary>
    /// <param name="which">Which series, and of which revision where that matters.</param>
    /// <param name="db">Where they are.</param>
    /// <param name="happened">What happened to them.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    /// <param name="with">Columns that change with the state.</param>
    /// <returns>How many moved; the others were left as they are.</returns>
    public static async Task<int> MoveAsync(
        this IQueryable<Series> which, GatewayDbContext db, SeriesEvent happened, CancellationToken cancel,
        Action<UpdateSettersBuilder<Series>>? with = null)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        var studies = await which.Select(s => s.StudyId).Distinct().ToListAsync(cancel);
        if (studies.Count == 0)
            return 0;
        await db.LockStudiesAsync(studies, cancel);
        var moved = await which.Where(IsLeft(happened)).ExecuteUpdateAsync(
            set =>
            {
                set.SetProperty(s => s.State, SeriesLife.Target(happened));
                with?.Invoke(set);
            },
            cancel);
        if (moved > 0)
        {
            await Reports(db, studies, happened).MoveAsync(db, happened, cancel, with);
            await db.SettleStudiesAsync(studies, cancel);
        }
        if (own is not null)
            await own.CommitAsync(cancel);
        return moved;
    }

    /// <summary>A report is put aside with the derived series that it is on, and counts again with it.</summary>
    private static IQueryable<Series> Reports(GatewayDbContext db, List<Guid> studies, SeriesEvent happened)
    {
        var aside = SeriesLife.Target(happened) == SeriesState.Superseded;
        return db.Series.Where(s => (aside || happened == SeriesEvent.MadeAgain) && s.Origin == SeriesOrigin.Report)
            .Where(s => studies.Contains(s.StudyId) && (s.State == SeriesState.Superseded) != aside)
            .Where(s => db.Series.Any(made =>
                made.Id == s.DerivedFromSeriesId && (made.State == SeriesState.Superseded) == aside));
    }

    /// <summary>The same move as SQL text for one received series, for callers that prepare statements.</summary>
    /// <param name="happened">What happened to it.</param>
    /// <param name="id">Name of the parameter that holds its id.</param>
    public static string Statement(SeriesEvent happened, string id)
    {
        var states = string.Join(", ", SeriesLife.Leaves(SeriesOrigin.Received, happened).Select(state => $"'{state}'"));
        return $"UPDATE series SET state = '{SeriesLife.Target(happened)}' WHERE id = {id} AND origin = '{SeriesOrigin.Received}' AND state IN ({states})";
    }

    private static Expression<Func<Series, bool>> IsLeft(SeriesEvent happened)
    {
        var (received, derived) = (SeriesLife.Leaves(SeriesOrigin.Received, happened), SeriesLife.Leaves(SeriesOrigin.Derived, happened));
        return s => (s.Origin == SeriesOrigin.Received && received.Contains(s.State))
            || (s.Origin != SeriesOrigin.Received && derived.Contains(s.State));
    }
}
