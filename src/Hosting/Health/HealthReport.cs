using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Report = Microsoft.Extensions.Diagnostics.HealthChecks.HealthReport;

namespace Gateway.Hosting;

/// <summary>A probe's answer as JSON that names each check. Exceptions are only logged: they may quote a path or a value.</summary>
internal static class HealthReport
{
    public static Task WriteAsync(HttpContext context, Report report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(
            entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), text = Text(entry.Value) }),
    });

    private static string? Text(HealthReportEntry entry) => entry.Exception?.GetType().Name ?? entry.Description;
}
