using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The active generator of each direction, loaded once and shared.</summary>
public sealed partial class ModelCatalog(IOptions<ModelOptions> options, ILogger<ModelCatalog> logger) : IDisposable
{
    private readonly Lazy<OnnxModel>[] _models =
    [
        new(() => Load(options.Value, TranslationDirection.T2ToCt, logger)),
        new(() => Load(options.Value, TranslationDirection.CtToT2, logger)),
    ];

    /// <exception cref="ModelException">The model of this direction cannot be loaded.</exception>
    public OnnxModel this[TranslationDirection direction] => _models[(int)direction].Value;

    public void Dispose()
    {
        foreach (var model in _models.Where(m => m.IsValueCreated))
            model.Value.Dispose();
    }

    private static OnnxModel Load(ModelOptions options, TranslationDirection direction, ILogger logger)
    {
        var model = OnnxModel.Load(Path.Combine(options.Folder, direction.Name() + ".onnx"), options);
        if (model.WithoutCuda is { } reason)
            LogWithoutCuda(logger, direction.Name(), reason);
        if (model.Facts.Direction == direction)
            return model;
        model.Dispose();
        throw new ModelException($"The model file for {direction.Name()} says it translates {model.Facts.Direction.Name()}.");
    }

    [LoggerMessage(EventId = 2006, Level = LogLevel.Warning, Message = "{Direction}: CUDA cannot be used ({Reason}), so the model runs on the CPU")]
    private static partial void LogWithoutCuda(ILogger logger, string direction, string reason);
}
