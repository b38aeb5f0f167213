using Gateway.Imaging.Gates;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The reference brain of each modality and the gate that was learned with it, loaded once.</summary>
public sealed class ReferenceCatalog(IOptions<ModelOptions> options)
{
    private readonly Lazy<(Reference, OutOfDistribution)> _t2 = new(() => Load(options.Value, "t2"));
    private readonly Lazy<(Reference, OutOfDistribution)> _ct = new(() => Load(options.Value, "ct"));

    /// <exception cref="ModelException">The reference or its limits are absent or damaged.</exception>
    public Reference this[Modality modality] => Of(modality).Reference;

    /// <exception cref="ModelException">The reference or its limits are absent or damaged.</exception>
    public OutOfDistribution Gate(Modality modality) => Of(modality).Gate;

    private (Reference Reference, OutOfDistribution Gate) Of(Modality modality) => modality == Modality.T2 ? _t2.Value : _ct.Value;

    private static (Reference, OutOfDistribution) Load(ModelOptions options, string name)
    {
        var folder = Path.Combine(options.Folder, "references", name);
        try
        {
            var reference = Reference.Load(folder);
            return (reference, new OutOfDistribution(reference, ArchiveLimits.Load(folder, reference)));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new ModelException($"No usable reference brain, or none with limits, in {folder}.", e);
        }
    }
}
