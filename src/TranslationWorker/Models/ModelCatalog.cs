using System.Collections.Concurrent;
using Gateway.Imaging.Modalities;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The active generator of each direction for which the models folder holds a file. Each is loaded at
/// first use and shared.</summary>
public sealed partial class ModelCatalog(IOptions<ModelOptions> options, ILogger<ModelCatalog> logger) : IDisposable
{
    private readonly ConcurrentDictionary<Direction, Lazy<OnnxModel>> _models = [];

    /// <exception cref="ModelException">There is no model of this direction, or it cannot be loaded.</exception>
    public OnnxModel this[Direction direction] => Loaded(direction);

    /// <summary>Null where the folder holds no model of this direction.</summary>
    /// <exception cref="ModelException">The folder holds a model that cannot be loaded.</exception>
    public OnnxModel? Find(Direction direction) => File.Exists(PathOf(direction)) ? Loaded(direction) : null;

    public void Dispose()
    {
        foreach (var model in _models.Values.Where(m => m.IsValueCreated))
            model.Value.Dispose();
    }

    private OnnxModel Loaded(Direction direction)
    {
        var loading = _models.GetOrAdd(direction, d => new(() => Load(d)));
        try
        {
            return loading.Value;
        }
        catch
        {
            _models.TryRemove(KeyValuePair.Create(direction, loading));    // read again once somebody has mended it
            throw;
        }
    }

    private string PathOf(Direction direction) => Path.Combine(options.Value.Folder, direction.Name + ".onnx");

    private OnnxModel Load(Direction direction)
    {
        var model = OnnxModel.Load(PathOf(direction), options.Value);
        if (model.WithoutCuda is { } reason)
            LogWithoutCuda(logger, direction.Name, reason);
        if (model.Facts.Direction == direction)
            return model;
        model.Dispose();
        throw new ModelException($"The model file for {direction} says it translates {model.Facts.Direction}.");
    }

    [LoggerMessage(EventId = 2006, Level = LogLevel.Warning, Message = "{Direction}: CUDA cannot be used ({Reason}), so the model runs on the CPU")]
    private static partial void LogWithoutCuda(ILogger logger, string direction, string reason);
}
