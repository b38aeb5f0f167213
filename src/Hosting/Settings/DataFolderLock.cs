using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>
/// One process has a data folder whose messages stay in its memory: a second one would take its work and know nothing of its messages.
/// With a broker the folder is shared by as many as like.
/// </summary>
public sealed class DataFolderLock(DataDirectory data, IOptions<BusOptions> bus) : IDisposable
{
    private FileStream? _held;

    /// <summary>Takes the folder until this process ends, however it ends.</summary>
    /// <exception cref="SettingsException">Another process has it.</exception>
    public void Take()
    {
        if (_held is not null || bus.Value.Transport != BusTransport.InMemory)
            return;
        _held = FileLock.TryTake(Path.Combine(data.Create().Root, "gateway.lock"))
            ?? throw new SettingsException(
                [$"Another gateway works in {data.Root}: stop it, or give this one a folder of its own with --data."]);
    }

    public void Dispose() => _held?.Dispose();
}
