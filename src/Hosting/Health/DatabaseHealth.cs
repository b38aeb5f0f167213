using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Hosting;

/// <summary>The database answers a query on a table of ours.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<GatewayDbContext> databases) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        await using var db = await databases.CreateDbContextAsync(timeout.Token);
        var waiting = await db.Outbox.AnyAsync(row => row.SentAt == null, timeout.Token);
        return HealthCheckResult.Healthy(waiting ? "Messages wait in the outbox." : "The outbox is empty.");
    }
}
