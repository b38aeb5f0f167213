namespace Gateway.Dicom;

/// <summary>A file that is opened for each reading, and never held open. It must not change while its values are in use.</summary>
internal sealed class FileStore : ByteStore
{
    private readonly string _path;
    private readonly long _length;
    private readonly DateTime _written;

    public FileStore(string path)
    {
        _path = Path.GetFullPath(path);
        var file = new FileInfo(_path);
        (_length, _written) = (file.Length, file.LastWriteTimeUtc);
    }

    public override void Read(long at, Span<byte> into)
    {
        using var file = File.OpenHandle(_path);
        if (RandomAccess.GetLength(file) != _length || File.GetLastWriteTimeUtc(file) != _written)
            throw new IOException($"{_path} has changed since it was opened: values that stayed in it cannot be read any more.");
        while (into.Length > 0)
        {
            var read = RandomAccess.Read(file, into, at);
            if (read == 0) throw new EndOfStreamException();
            into = into[read..];
            at += read;
        }
    }
}
