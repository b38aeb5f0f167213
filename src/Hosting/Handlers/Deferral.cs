using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>Hands a message on to later because something that it needs is away. It gets a new outbox row, due after a pause, and an inbox
/// row that says that the one in hand is dealt with, in one transaction: it survives the death of any process, on every transport, is
/// handled once, and holds no slot while it waits.</summary>
public sealed class Deferral(IDbContextFactory<GatewayDbContext> databases, TimeProvider time, IOptions<BusOptions> options)
{
    private const int FirstPause = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <returns>Since when the message waits; null: somebody else has dealt with it.</returns>
    internal async Task<DateTimeOffset?> WriteAsync(FailedMessage failed, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Inbox.AnyAsync(row => row.MessageId == id && row.Consumer == failed.Endpoint, cancel))
            return null;
        var before = await db.Outbox.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        var later = new OutboxMessage
        {
            Id = Guid.CreateVersion7(now),
            Type = failed.Type,
            Body = failed.Body,
            CreatedAt = before?.CreatedAt ?? now,
            NotBefore = now + Pause(before?.Deferrals ?? 0),
            Deferrals = (before?.Deferrals ?? 0) + 1,
            Urgent = before?.Urgent ?? false,
        };
        db.Outbox.Add(later);
        db.Inbox.Add(new InboxMessage { MessageId = id, Consumer = failed.Endpoint, DoneAt = now });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            return null;
        }
        return later.CreatedAt;
    }

    /// <summary>With the default of <c>Bus:RetryDelay</c> 2 s, doubling to 30 s.</summary>
    private TimeSpan Pause(int deferrals)
    {
        var pause = FirstPause * options.Value.RetryDelay * Math.Pow(2, Math.Min(deferrals, 30));
        return pause < LongestPause ? pause : LongestPause;
    }
}
