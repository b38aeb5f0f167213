using Gateway.Imaging;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The reference brain of each modality, loaded once.</summary>
public sealed class ReferenceCatalog(IOptions<ModelOptions> options)
{
    private readonly Lazy<Reference> _t2 = new(() => Load(options.Value, "t2"));
    private readonly Lazy<Reference> _ct = new(() => Load(options.Value, "ct"));

    /// <exception cref="ModelException">The reference is absent or damaged.</exception>
    public Reference this[Modality modality] => modality == Modality.T2 ? _t2.Value : _ct.Value;

    private static Reference Load(ModelOptions options, string name)
    {
        var folder = Path.Combine(options.Folder, "references", name);
        try
        {
            return Reference.Load(folder);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new ModelException($"No usable reference brain in {folder}.", e);
        }
    }
}
