using Gateway.Imaging.Files;

namespace Gateway.Cli;

/// <summary>A folder of DICOM files as users have them: it may hold other files, such as a LICENSE or a README.</summary>
internal static class DicomFolder
{
    /// <summary>Every Part 10 file below the folder, in name order. What cannot be read is left out and counted on standard
    /// error.</summary>
    /// <exception cref="VerbException">There is no such folder, or no DICOM in it.</exception>
    public static IReadOnlyList<string> Files(DirectoryInfo folder)
    {
        if (!folder.Exists)
            throw new VerbException($"There is no folder {folder.FullName}.");
        var files = FolderFiles.List(folder.FullName, _ => true, below: true).Where(IsPart10).ToList();
        return files.Count > 0 ? files : throw new VerbException($"There is no DICOM file in {folder.FullName}.");
    }

    private static bool IsPart10(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> head = stackalloc byte[132];
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[128..].SequenceEqual("DICM"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Left out: {e.Message}");
            return false;
        }
    }
}
