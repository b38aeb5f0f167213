using System.Text.Json;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>Who may begin long work. A message whose work somebody else has in hand comes again when that lease is over.</summary>
public sealed partial class WorkTurns(
    WorkLeases leases, IDbContextFactory<GatewayDbContext> databases, IOptions<WorkOptions> options, IOptions<BusOptions> bus,
    TimeProvider time, ILogger<WorkTurns> logger)
{
    /// <returns>Null: another one has it, and the message was handed on.</returns>
    internal async Task<WorkTurn?> TakeAsync<T>(string consumer, T message, WorkDelivery delivery, CancellationToken cancel)
    {
        // Embedded there is no other process. A broker delivers again once it has lost the one before: that one may be frozen or cut off,
        // and its token keeps it from saving.
        var isTheirsOver = delivery.IsAgain || bus.Value.Transport == BusTransport.InMemory;
        var demand = new WorkDemand(WorkLeases.IdOf(consumer, message), consumer, delivery.MessageId)
        {
            IsOver = lease => isTheirsOver && lease.Holder != leases.Holder,
        };
        var (claim, until) = await leases.ClaimAsync(demand, options.Value.Lease, cancel);
        if (claim is not null)
            return new(leases, claim, options.Value, time, logger);
        await HandOnAsync(message, delivery, until, cancel);
        LogHandedOn(demand.Work, until);
        return null;
    }

    /// <summary>Under another id: whoever has it in hand saves under this one.</summary>
    private async Task HandOnAsync<T>(T message, WorkDelivery delivery, DateTimeOffset until, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var before = await db.Outbox.AsNoTracking().SingleOrDefaultAsync(row => row.Id == delivery.MessageId, cancel);
        var now = time.GetUtcNow();
        db.Outbox.Add(new()
        {
            Id = Guid.CreateVersion7(now),
            Type = ContractTypes.NameOf(typeof(T)),
            Body = JsonSerializer.Serialize(message, ContractTypes.Json),
            CreatedAt = before?.CreatedAt ?? now,
            NotBefore = until,
            Deferrals = before?.Deferrals ?? 0,
            Urgent = before?.Urgent ?? delivery.IsUrgent,
        });
        await db.SaveChangesAsync(cancel);
    }

    [LoggerMessage(
        EventId = 4115, Level = LogLevel.Information,
        Message = "Another worker has the work {Work} in hand; asked for again after {Until:u}")]
    private partial void LogHandedOn(Guid work, DateTimeOffset until);
}
