namespace Gateway.Dicom;

/// <summary>A file that is written under a temporary name and moved to its place when it is complete.</summary>
internal sealed class ReplacedFile(string path) : IDisposable
{
    private readonly string _beside = $"{path}.{Path.GetRandomFileName()}";
    private FileStream? _stream;

    public Stream Stream => _stream ??= new(_beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);

    public void Commit()
    {
        Stream.Dispose();
        File.Move(_beside, path, overwrite: true);
    }

    public void Dispose()
    {
        _stream?.Dispose();
        File.Delete(_beside);
    }
}
