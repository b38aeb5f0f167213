namespace Gateway.Persistence;

/// <summary>An exclusive lock on a file of this machine. It is held by the open handle, so it ends when its process ends, however that
/// happens.</summary>
public static class FileLock
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>The held lock, or null when somebody else has it.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Waits until the lock is free.</summary>
    public static async Task<FileStream> WaitAsync(string path, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Between);
        while (true)
        {
            if (TryTake(path) is { } held)
                return held;
            await timer.WaitForNextTickAsync(cancel);
        }
    }
}
