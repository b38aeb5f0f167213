using System.Runtime.InteropServices;

namespace Gateway.Persistence;

/// <summary>fsync of a folder, which on Linux makes a rename in it survive power loss. It calls libc, since .NET cannot open a
/// folder.</summary>
public static class DirectoryFlush
{
    private const int ReadOnly = 0;

    /// <summary>Returns once the folder's entries are on disk. Does nothing on Windows, where a rename is journalled.</summary>
    /// <exception cref="IOException">The folder cannot be opened or flushed.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = Open(directory, ReadOnly);
        if (handle < 0)
            throw Failed();
        try
        {
            if (FSync(handle) != 0)
                throw Failed();
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Failed() =>
        new($"A folder could not be flushed to disk: {Marshal.GetLastPInvokeErrorMessage()}.", Marshal.GetLastPInvokeError());

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FSync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
