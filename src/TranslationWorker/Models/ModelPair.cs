namespace Gateway.TranslationWorker;

/// <summary>The models of one translation, there and back, from its first slice to its last: whatever is activated meanwhile, they stay in
/// memory until it is disposed.</summary>
public sealed class ModelPair : IDisposable
{
    private readonly LoadedModel _there;
    private readonly LoadedModel? _back;

    internal ModelPair(LoadedModel there, LoadedModel? back) => (_there, _back) = (there, back);

    public OnnxModel There => _there.Model;

    /// <summary>Null where nothing translates back.</summary>
    public OnnxModel? Back => _back?.Model;

    /// <summary>To be called once.</summary>
    public void Dispose()
    {
        _there.Release();
        _back?.Release();
    }
}
