using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>A superseded result that destinations have and are to be told to put aside.</summary>
/// <param name="Old">The result, with its instances.</param>
/// <param name="Reports">The reports on it, with their instances.</param>
/// <param name="Note">The note that rejects it, where there is one already.</param>
/// <param name="Title">Why.</param>
/// <param name="Destinations">Names of those that have it and no such note.</param>
internal sealed record DueRejection(
    Series Old, IReadOnlyList<Series> Reports, Series? Note, RejectionTitle Title, IReadOnlyList<string> Destinations)
{
    /// <summary>Due at a destination is the rejection of what was made under another patient, or what a reader rejects, at once; of the
    /// rest when nothing takes its place, and where something does, once the destination has that.</summary>
    /// <param name="db">In a transaction that has locked the study.</param>
    /// <param name="studyId">A study that is complete and not in conflict.</param>
    /// <param name="destinations">Names of those that are configured.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    public static async Task<List<DueRejection>> FindAsync(
        GatewayDbContext db, Guid studyId, IReadOnlyList<string> destinations, CancellationToken cancel)
    {
        var series = await db.Series.AsNoTracking().AsSplitQuery().Include(s => s.Instances).Include(s => s.Verdicts)
            .Where(s => s.StudyId == studyId).ToListAsync(cancel);
        var ids = series.ConvertAll(s => s.Id);
        var deliveries = (await db.Deliveries.AsNoTracking().Where(d => ids.Contains(d.Instance.SeriesId))
            .Select(d => new { d.Instance.SeriesId, d.Destination, d.State }).ToListAsync(cancel))
            .ToLookup(d => (d.SeriesId, d.Destination), d => d.State);
        var others = await db.StudyPatients.Where(p => p.StudyId == studyId && p.RuledOut).Select(p => (Guid?)p.Id).ToListAsync(cancel);

        return [.. series.Where(s => s is { Origin: SeriesOrigin.Derived, State: SeriesState.Superseded, Instances.Count: > 0 })
            .Select(Of).Where(due => due.Destinations.Count > 0)];

        // Or it goes elsewhere: deliveries to all destinations that take a series are planned at once.
        bool IsThere(Series series, string at) => deliveries[(series.Id, at)].Any()
            ? deliveries[(series.Id, at)].All(state => state == DeliveryState.Delivered)
            : deliveries.Any(planned => planned.Key.SeriesId == series.Id);

        // As the note says that rejects images of the source; what is only replaced has no title of its own.
        static RejectionTitle TitleOf(Series? source) =>
            RejectionTitle.Of(source?.Instances.Find(i => i.RejectedAs is not null)?.RejectedAs ?? "") ?? RejectionTitle.Quality;

        DueRejection Of(Series old)
        {
            var note = series.Find(s => s.Origin == SeriesOrigin.Rejection && s.DerivedFromSeriesId == old.Id);
            var reports = series.FindAll(s => s.Origin == SeriesOrigin.Report && s.DerivedFromSeriesId == old.Id);
            var source = series.Find(s => s.Id == old.DerivedFromSeriesId);
            var current = series.Find(s => s.Origin == SeriesOrigin.Derived && s.DerivedFromSeriesId == old.DerivedFromSeriesId
                && s.State != SeriesState.Superseded);
            var judged = ReaderVerdict.Counting(old.Verdicts) is { Kind: VerdictKind.Rejected } verdict ? verdict : null;
            var isOthers = others.Contains(old.Instances[0].StudyPatientId);
            var due = destinations.Where(at => reports.Append(old).Any(s => deliveries[(s.Id, at)].Contains(DeliveryState.Delivered))
                && (note is null || !deliveries[(note.Id, at)].Any())
                && (isOthers || judged is not null || (current is null
                    ? source?.State is SeriesState.Ineligible or SeriesState.Held
                    : IsThere(current, at))));
            var title = isOthers ? RejectionTitle.Worklist : RejectionTitle.Of(judged?.Title ?? "") ?? TitleOf(source);
            return new(old, reports, note, title, [.. due]);
        }
    }
}
