using Gateway.Persistence;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>Whether there is room for more images.</summary>
public sealed class DiskSpace(DataDirectory data, IOptions<DiskOptions> options) : IHealthCheck
{
    private const long Mebibyte = 1 << 20;

    /// <summary>Free bytes where the data directory is, for this user.</summary>
    public long FreeBytes => new DriveInfo(data.Root).AvailableFreeSpace;

    /// <summary>Free space is below the watermark: new associations are turned away for now.</summary>
    public bool IsLow => FreeBytes < options.Value.MinimumFreeMebibytes * Mebibyte;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var free = $"{FreeBytes / Mebibyte} MiB free, at least {options.Value.MinimumFreeMebibytes} wanted.";
        return Task.FromResult(IsLow ? HealthCheckResult.Unhealthy(free) : HealthCheckResult.Healthy(free));
    }
}
