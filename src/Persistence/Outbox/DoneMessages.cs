using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Notes in the outbox what the inbox says is done. Afterwards, and not by the handler: its transaction would wait for a
/// dispatcher that has the row.</summary>
public static class DoneMessages
{
    private const int Batch = 1_000;

    /// <summary>Looks only at rows that are not noted yet, so it takes as long as work is new, not as history is long. In small batches:
    /// nobody waits for the database.</summary>
    /// <returns>How many were noted.</returns>
    public static async Task<int> NoteDoneAsync(this GatewayDbContext db, CancellationToken cancel)
    {
        var noted = 0;
        for (var some = Batch; some == Batch; noted += some)
            some = await db.Outbox
                .Where(row => row.DoneAt == null && row.SentAt != null && db.Inbox.Any(done => done.MessageId == row.Id))
                .Take(Batch)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(
                        row => row.DoneAt,
                        row => db.Inbox.Where(done => done.MessageId == row.Id).Max(done => (DateTimeOffset?)done.DoneAt)),
                    cancel);
        return noted;
    }

    /// <summary>Messages of these kinds that were sent, and that nobody is done with, are due again: the transport died with them. As
    /// <see cref="NoteDoneAsync"/>, it reads no history.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> PublishAgainAsync(
        this GatewayDbContext db, IReadOnlyCollection<string> types, CancellationToken cancel)
    {
        await db.NoteDoneAsync(cancel);
        var due = 0;
        for (var some = Batch; some == Batch; due += some)
            some = await db.Outbox.Where(row => row.DoneAt == null && row.SentAt != null && types.Contains(row.Type)).Take(Batch)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.SentAt, (DateTimeOffset?)null), cancel);
        return due;
    }

    /// <summary>As <see cref="PublishAgainAsync"/>, what was sent so long ago that the broker may have lost it. Each time it takes twice as
    /// long, so that a backlog, which nobody has lost, does not grow by its own copies.</summary>
    /// <param name="db">Where they are.</param>
    /// <param name="types">Full names of contracts.</param>
    /// <param name="now">The time.</param>
    /// <param name="after">How long the first time.</param>
    /// <param name="cancel">Ends it between two batches.</param>
    /// <returns>How many.</returns>
    public static async Task<int> PublishLostAsync(
        this GatewayDbContext db, IReadOnlyCollection<string> types, DateTimeOffset now, TimeSpan after, CancellationToken cancel)
    {
        await db.NoteDoneAsync(cancel);
        var open = await db.Outbox.Where(row => row.DoneAt == null && row.SentAt <= now - after && types.Contains(row.Type))
            .Select(row => new { row.Id, row.NotBefore, SentAt = row.SentAt!.Value }).ToListAsync(cancel);
        var due = 0;
        foreach (var some in open.Where(row => now - row.SentAt >= row.SentAt - row.NotBefore).Select(row => row.Id).Chunk(Batch))
            due += await db.Outbox.Where(row => some.Contains(row.Id) && row.SentAt <= now - after)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.SentAt, (DateTimeOffset?)null), cancel);
        return due;
    }
}
