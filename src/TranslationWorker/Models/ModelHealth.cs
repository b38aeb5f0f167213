using Gateway.Imaging.Modalities;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.TranslationWorker;

/// <summary>Ready when the models of all directions that a series may be eligible for are loaded, and the reference brains. The first check loads them.</summary>
public sealed class ModelHealth(ModelCatalog models, ReferenceCatalog references, ModalityTable modalities) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var loaded = await Task.Run(() => modalities.Directions.Select(direction => models[direction]).ToList(), cancellationToken);
            foreach (var profile in modalities.Profiles)
                _ = references[profile];
            return HealthCheckResult.Healthy($"{string.Join(" and ", loaded.Select(model => model.Facts.Name))} on {loaded[0].Device}");
        }
        catch (ModelException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
