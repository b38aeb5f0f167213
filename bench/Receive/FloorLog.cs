namespace Gateway.Receive;

/// <summary>An append-only file. One flush serves all that wait for it.</summary>
internal sealed class FloorLog(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
    private readonly byte[] _record = new byte[256];
    private readonly Lock _append = new();
    private readonly Lock _flush = new();
    private long _appended;
    private long _durable;

    /// <summary>Returns once a record is on the disk.</summary>
    public void Commit()
    {
        long mine;
        lock (_append)
        {
            _file.Write(_record);
            mine = ++_appended;
        }

        lock (_flush)
        {
            if (_durable >= mine)
                return;
            var all = Interlocked.Read(ref _appended);
            RandomAccess.FlushToDisk(_file.SafeFileHandle);
            _durable = all;
        }
    }

    public void Dispose() => _file.Dispose();
}
