using System.Collections.Concurrent;
using Gateway.Imaging.Gates;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The reference brain of each modality and the gate that was learned with it. Each is loaded once.</summary>
public sealed class ReferenceCatalog(IOptions<ModelOptions> options)
{
    private readonly ConcurrentDictionary<Modality, Lazy<(Reference Reference, OutOfDistribution Gate)>> _loaded = [];

    /// <exception cref="ModelException">The reference or its limits are absent or damaged.</exception>
    public Reference this[ModalityProfile profile] => Of(profile).Reference;

    /// <exception cref="ModelException">The reference or its limits are absent or damaged.</exception>
    public OutOfDistribution Gate(ModalityProfile profile) => Of(profile).Gate;

    private (Reference Reference, OutOfDistribution Gate) Of(ModalityProfile profile)
    {
        var loading = _loaded.GetOrAdd(profile.Modality, _ => new(() => Load(profile)));
        try
        {
            return loading.Value;
        }
        catch
        {
            _loaded.TryRemove(KeyValuePair.Create(profile.Modality, loading));    // read again once somebody has mended it
            throw;
        }
    }

    private (Reference, OutOfDistribution) Load(ModalityProfile profile)
    {
        var folder = Path.Combine(options.Value.Folder, "references", profile.Modality.Code);
        try
        {
            var reference = Reference.Load(folder, profile);
            return (reference, new OutOfDistribution(reference, ArchiveLimits.Load(folder, reference)));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new ModelException($"No usable reference brain, or none with limits, in {folder}.", e);
        }
    }
}
