using Gateway.Imaging.Modalities;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gateway.TranslationWorker;

/// <summary>Ready when the champions of all directions that a series may be eligible for are loaded, and the reference brains. With a
/// pinned folder the first check loads them.</summary>
public sealed class ModelHealth(ModelCatalog models, ReferenceCatalog references, ModalityTable modalities) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (models.IsOfRegistry && models.Faults.Count > 0)
                return HealthCheckResult.Unhealthy(string.Join(" ", models.Faults.Values.Order(StringComparer.Ordinal)));
            var loaded = await Task.Run(() => modalities.Directions.Select(direction => models[direction]).ToList(), cancellationToken);
            foreach (var profile in modalities.Profiles)
                _ = references[profile];
            return HealthCheckResult.Healthy(
                $"{string.Join(" and ", loaded.Select(Words))} on {loaded[0].Device}{(models.IsOfRegistry ? "" : ", pinned by Models:Directory")}");
        }
        catch (ModelException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }

    private static string Words(OnnxModel model) =>
        $"{model.Facts.Name} {model.Facts.Version} ({model.Facts.Direction} {model.Facts.Digest[..12]})";
}
