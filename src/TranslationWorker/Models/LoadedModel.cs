namespace Gateway.TranslationWorker;

/// <summary>A model in memory and those who use it. One that was replaced is freed by its last user.</summary>
internal sealed class LoadedModel(OnnxModel model, Action<LoadedModel> gone)
{
    private readonly Lock _lock = new();
    private int _users;
    private bool _isReplaced;

    public OnnxModel Model => model;

    /// <returns>False: it was replaced; the one in its place is to be taken.</returns>
    public bool TryTake()
    {
        lock (_lock)
        {
            if (!_isReplaced)
                _users++;
            return !_isReplaced;
        }
    }

    /// <summary>Gives back what <see cref="TryTake"/> took.</summary>
    public void Release()
    {
        bool last;
        lock (_lock)
            last = --_users == 0 && _isReplaced;
        if (last)
            Free();
    }

    /// <summary>Nobody takes it any more.</summary>
    public void Replace()
    {
        bool last;
        lock (_lock)
        {
            last = _users == 0 && !_isReplaced;
            _isReplaced = true;
        }
        if (last)
            Free();
    }

    private void Free()
    {
        model.Dispose();
        gone(this);
    }
}
