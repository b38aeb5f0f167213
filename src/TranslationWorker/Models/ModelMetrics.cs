using System.Diagnostics.Metrics;
using Gateway.Imaging.Modalities;

namespace Gateway.TranslationWorker;

/// <summary>What this process translates with, for alerts.</summary>
public sealed class ModelMetrics
{
    private readonly Counter<long> _changes;

    public ModelMetrics(IMeterFactory meters, ModelCatalog models, ModalityTable modalities)
    {
        var meter = meters.Create("Gateway.TranslationWorker");
        _changes = meter.CreateCounter<long>(
            "gateway_model_changes_total", description: "Models that were put in the place of another, or in memory at the start.");
        meter.CreateObservableGauge(
            "gateway_model_sessions", () => modalities.Directions.Select(
                direction => Of(models.Sessions.GetValueOrDefault(direction), direction)),
            description: "Models in memory: one a direction, two while one that was replaced finishes a translation.");
        meter.CreateObservableGauge(
            "gateway_model_refused", () => modalities.Directions.Select(
                direction => Of(models.Faults.ContainsKey(direction) ? 1 : 0, direction)),
            description: "1 while the champion of a direction cannot be used by this process.");
    }

    public void Changed(Direction direction) => _changes.Add(1, Tag(direction));

    private static Measurement<int> Of(int value, Direction direction) => new(value, Tag(direction));

    private static KeyValuePair<string, object?> Tag(Direction direction) => new("direction", direction.Name);
}
