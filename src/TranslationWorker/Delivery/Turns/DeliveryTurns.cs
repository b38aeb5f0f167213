using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Says when a series goes to a destination: not while that is away, not before what was made earlier of the same study, and not
/// beside more than it is to take at a time.</summary>
public sealed class DeliveryTurns(DestinationPause pause, DestinationSlots slots)
{
    private static readonly TimeSpan OlderFirst = TimeSpan.FromSeconds(1);

    public async Task<DeliveryTurn> TakeAsync(Guid seriesId, Destination destination, GatewayDbContext db, CancellationToken cancel)
    {
        var name = destination.Name;
        if (pause.Left(name) is { } left)
            return new(null, slots.ComeBack(destination, left, db.Urgent));
        if (await IsAfterOthersAsync(seriesId, name, db, cancel))
            return new(null, OlderFirst);
        var turn = await slots.TakeAsync(destination, db.Urgent, cancel);
        if (turn.Slot is null || pause.Left(name) is not { } since)
            return turn;
        turn.Slot.Dispose();
        return new(null, slots.ComeBack(destination, since, db.Urgent));
    }

    /// <summary>What the destination has answered for, or what waits for something of its own, holds up no other: only of the destination
    /// itself is it certain that the younger one could not go either.</summary>
    private static async Task<bool> IsAfterOthersAsync(Guid seriesId, string name, GatewayDbContext db, CancellationToken cancel)
    {
        var own = await db.Series.Where(s => s.Id == seriesId).Select(s => new { s.StudyId, s.CreatedAt }).SingleAsync(cancel);
        return await db.Waiting(name)
            .Where(d => d.Instance.Series.StudyId == own.StudyId && d.Instance.Series.CreatedAt < own.CreatedAt)
            .Where(d => d.Instance.Series.State == SeriesState.Delivering)
            .AnyAsync(d => d.DicomStatus == null && (d.Attempts > 0 || d.TriedAt == null), cancel);
    }
}
