using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.Hosting;

/// <summary>Names what this process waits for. Nothing is unready by it: the checks of database, disk and model say that.</summary>
internal sealed class OutageHealth(Outages outages) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var away = outages.Current;
        return Task.FromResult(away.Count == 0
            ? HealthCheckResult.Healthy("Nothing is waited for.")
            : HealthCheckResult.Degraded(
                string.Join(
                    " ", away.Select(
                        one => $"{one.What.TrimEnd(',')}: {one.Cause.TrimEnd('.')}, since {one.Since:u}, {one.Tries} tries."))));
    }
}
