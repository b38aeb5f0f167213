using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.TranslationWorker;

/// <summary>Ready only when both directions' models are loaded; the first check loads them.</summary>
public sealed class ModelHealth(ModelCatalog models) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var loaded = await Task.Run(() => (models[TranslationDirection.T2ToCt], models[TranslationDirection.CtToT2]), cancellationToken);
            return HealthCheckResult.Healthy($"{loaded.Item1.Facts.Name} and {loaded.Item2.Facts.Name} on {loaded.Item1.Device}");
        }
        catch (ModelException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
