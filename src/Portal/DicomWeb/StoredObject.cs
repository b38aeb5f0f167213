using Gateway.Persistence;

namespace Gateway.Portal.DicomWeb;

/// <summary>A stored object that is open: its data set, of which large values stay in the store until they are asked for.</summary>
internal sealed class StoredObject : IDisposable
{
    private readonly Stream _stream;

    private StoredObject(Stream stream, DicomFile file) => (_stream, File) = (stream, file);

    public DicomFile File { get; }

    public DicomDataset Dataset => File.Dataset;

    /// <exception cref="FileNotFoundException">The store has lost it.</exception>
    /// <exception cref="DicomFileException">It cannot be read to its end.</exception>
    public static StoredObject Open(IObjectStore objects, string sha256)
    {
        var stream = objects.OpenRead(sha256);
        try
        {
            return new(stream, DicomFile.Open(stream, FileReadOption.ReadLargeOnDemand));
        }
        catch (DicomFileException e) when (e.File is { } partial)
        {
            return new(stream, partial);    // its pixels end early; the header is whole
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public void Dispose() => _stream.Dispose();
}
