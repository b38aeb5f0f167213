using Gateway.Persistence;

namespace Gateway.WholePath;

/// <summary>What storing a study costs at the least: its bytes written, flushed, renamed and the folder flushed, file by file, and nothing
/// else.</summary>
internal static class DiskFloor
{
    /// <returns>Seconds for the whole study.</returns>
    public static double Seconds(PhantomStudy study, DataDirectory data)
    {
        var contents = study.Files.Select(File.ReadAllBytes).ToList();
        var folder = Directory.CreateDirectory(Path.Combine(data.Objects, "floor")).FullName;
        var start = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < contents.Count; i++)
            Store(contents[i], Path.Combine(data.Spool, $"floor-{i}"), Path.Combine(folder, $"{i}"));
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        Directory.Delete(folder, recursive: true);
        return seconds;
    }

    private static void Store(byte[] content, string spooled, string path)
    {
        using (var file = new FileStream(spooled, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(spooled, path);
        DirectoryFlush.Flush(Path.GetDirectoryName(path)!);
    }
}
