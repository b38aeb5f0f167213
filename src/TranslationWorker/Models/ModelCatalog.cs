using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The active generator of each direction, loaded once and shared.</summary>
public sealed class ModelCatalog(IOptions<ModelOptions> options) : IDisposable
{
    private readonly Lazy<OnnxModel>[] _models =
    [
        new(() => Load(options.Value, TranslationDirection.T2ToCt)),
        new(() => Load(options.Value, TranslationDirection.CtToT2)),
    ];

    /// <exception cref="ModelException">The model of this direction cannot be loaded.</exception>
    public OnnxModel this[TranslationDirection direction] => _models[(int)direction].Value;

    public void Dispose()
    {
        foreach (var model in _models.Where(m => m.IsValueCreated))
            model.Value.Dispose();
    }

    private static OnnxModel Load(ModelOptions options, TranslationDirection direction)
    {
        var model = OnnxModel.Load(Path.Combine(options.Folder, direction.Name() + ".onnx"), options);
        if (model.Facts.Direction == direction)
            return model;
        model.Dispose();
        throw new ModelException($"The model file for {direction.Name()} says it translates {model.Facts.Direction.Name()}.");
    }
}
