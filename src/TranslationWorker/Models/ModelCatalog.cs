using System.Collections.Concurrent;
using Gateway.Imaging.Modalities;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The generator of each direction in this process. Of a folder: each file is loaded at first use. Of the registry:
/// <see cref="ModelWatch"/> puts the champions in.</summary>
/// <param name="options">The folder and the device.</param>
/// <param name="logger">Told of a device that cannot be used.</param>
/// <param name="isOfRegistry">Whether the folder is not looked at.</param>
public sealed partial class ModelCatalog(
    IOptions<ModelOptions> options, ILogger<ModelCatalog> logger, bool isOfRegistry = false) : IDisposable
{
    private readonly ConcurrentDictionary<Direction, Lazy<LoadedModel>> _models = [];
    private readonly ConcurrentDictionary<Direction, string> _faults = [];
    private readonly ConcurrentDictionary<LoadedModel, Direction> _inMemory = [];

    /// <summary>False: the folder of <c>Models:Directory</c>, or of a verb, is pinned.</summary>
    public bool IsOfRegistry => isOfRegistry;

    /// <summary>Why the champion of a direction cannot be used; the one before goes on, where there is one.</summary>
    public IReadOnlyDictionary<Direction, string> Faults => _faults;

    /// <summary>Models in memory by direction: one more while one that was replaced has a translation to finish.</summary>
    public IReadOnlyDictionary<Direction, int> Sessions => _inMemory.Values.CountBy(direction => direction).ToDictionary();

    /// <summary>For callers with a pinned folder: from the registry it may be replaced at any time, and <see cref="Take"/> keeps
    /// it.</summary>
    /// <exception cref="ModelException">There is no model of this direction, or it cannot be loaded.</exception>
    public OnnxModel this[Direction direction] => Loaded(direction).Model;

    /// <summary>The model of a direction and, where there is one, of its reverse, for one translation.</summary>
    /// <exception cref="ModelException">There is no model of this direction; or one of the two cannot be loaded.</exception>
    public ModelPair Take(Direction direction)
    {
        var there = Taken(direction);
        try
        {
            return new(there, IsThere(direction.Reverse) ? Taken(direction.Reverse) : null);
        }
        catch
        {
            there.Release();
            throw;
        }
    }

    /// <summary>What a direction's model says of itself; null while none is loaded.</summary>
    public ModelFacts? Facts(Direction direction) =>
        _models.TryGetValue(direction, out var loading) && loading.IsValueCreated ? loading.Value.Model.Facts : null;

    /// <summary>Puts a model in the place of the one of its direction, which its last user frees.</summary>
    public void Put(OnnxModel model)
    {
        var direction = model.Facts.Direction;
        var entry = Entry(model);
        Lazy<LoadedModel>? before = null;
        _models.AddOrUpdate(direction, _ => new(entry), (_, old) =>
        {
            before = old;
            return new(entry);
        });
        before?.Value.Replace();
        Agree(direction);
    }

    /// <summary>Notes that the champion of a direction cannot be used.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Refuse(Direction direction, string fault)
    {
        var isNews = _faults.GetValueOrDefault(direction) != fault;
        _faults[direction] = fault;
        return isNews;
    }

    /// <summary>The champion of a direction is the one in memory.</summary>
    public void Agree(Direction direction) => _faults.TryRemove(direction, out _);

    public void Dispose()
    {
        foreach (var model in _models.Values.Where(m => m.IsValueCreated))
            model.Value.Replace();
        _models.Clear();
    }

    private LoadedModel Taken(Direction direction)
    {
        while (true)
        {
            var model = Loaded(direction);
            if (model.TryTake())
                return model;
        }
    }

    private bool IsThere(Direction direction) =>
        isOfRegistry ? _models.ContainsKey(direction) || _faults.ContainsKey(direction) : File.Exists(PathOf(direction));

    private LoadedModel Loaded(Direction direction)
    {
        if (isOfRegistry)
            return _models.TryGetValue(direction, out var put) ? put.Value
                : throw new ModelException(_faults.GetValueOrDefault(direction) ?? $"The registry has no champion of {direction}.");
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

    private LoadedModel Load(Direction direction)
    {
        var model = OnnxModel.Load(PathOf(direction), options.Value);
        if (model.Facts.Direction == direction)
            return Entry(model);
        model.Dispose();
        throw new ModelException($"The model file for {direction} says it translates {model.Facts.Direction}.");
    }

    private LoadedModel Entry(OnnxModel model)
    {
        if (model.WithoutCuda is { } reason)
            LogWithoutCuda(logger, model.Facts.Direction.Name, reason);
        var entry = new LoadedModel(model, gone => _inMemory.TryRemove(gone, out _));
        _inMemory[entry] = model.Facts.Direction;
        return entry;
    }

    [LoggerMessage(
        EventId = 2006, Level = LogLevel.Warning, Message = "{Direction}: CUDA cannot be used ({Reason}), so the model runs on the CPU")]
    private static partial void LogWithoutCuda(ILogger logger, string direction, string reason);
}
