namespace Gateway.Dicom;

/// <summary>A DICOM file (PS3.10 section 7): preamble, file meta information, data set.</summary>
public sealed class DicomFile
{
    /// <summary>A file to be written from a data set, in the data set's transfer syntax.</summary>
    public DicomFile(DicomDataset dataset) : this(dataset, new DicomFileMetaInformation(dataset)) { }

    internal DicomFile(DicomDataset dataset, DicomFileMetaInformation meta) => (Dataset, FileMetaInfo) = (dataset, meta);

    public DicomFileMetaInformation FileMetaInfo { get; }

    public DicomDataset Dataset { get; }

    /// <summary>The file ended inside Pixel Data; the data set holds what there was of it. See <see cref="DicomFileException.File"/>.</summary>
    public bool IsPartial { get; internal init; }

    /// <summary>Reads a file. Missing preamble or meta information is borne where the bytes leave no doubt what they are.</summary>
    /// <exception cref="DicomFileException">It is no DICOM file, is damaged, or ends early. When all that is missing is the end of Pixel
    /// Data, the exception holds the file as far as it goes.</exception>
    public static DicomFile Open(string fileName, FileReadOption readOption = FileReadOption.Default)
    {
        using var stream = File.OpenRead(fileName);
        return Open(stream, readOption);
    }

    /// <inheritdoc cref="Open(string, FileReadOption)"/>
    public static DicomFile Open(Stream stream, FileReadOption readOption = FileReadOption.Default)
    {
        if (stream.CanSeek) return DicomFileReader.Read(stream, readOption);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        memory.Position = 0;
        return DicomFileReader.Read(memory, readOption);
    }

    /// <inheritdoc cref="Open(string, FileReadOption)"/>
    public static async Task<DicomFile> OpenAsync(string fileName, FileReadOption readOption = FileReadOption.Default)
    {
        await using var stream = new FileStream(fileName, FileMode.Open, FileAccess.Read, FileShare.Read, 4_096, useAsync: true);
        return await OpenAsync(stream, readOption);
    }

    /// <inheritdoc cref="Open(string, FileReadOption)"/>
    public static async Task<DicomFile> OpenAsync(Stream stream, FileReadOption readOption = FileReadOption.Default)
    {
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        memory.Position = 0;
        return DicomFileReader.Read(memory, readOption);
    }

    /// <summary>Writes the file; the same content gives the same bytes.</summary>
    /// <exception cref="DicomDataException">The transfer syntax is big endian or deflated, which we only read, or text does not fit the
    /// character set.</exception>
    public void Save(string fileName)
    {
        var parts = Parts();    // before there is a file: what cannot be written leaves none behind
        using var stream = File.Create(fileName);
        foreach (var part in parts) stream.Write(part.Span);
    }

    /// <inheritdoc cref="Save(string)"/>
    public void Save(Stream stream)
    {
        foreach (var part in Parts()) stream.Write(part.Span);
    }

    /// <inheritdoc cref="Save(string)"/>
    public async Task SaveAsync(string fileName)
    {
        var parts = Parts();
        await using var stream = new FileStream(fileName, FileMode.Create, FileAccess.Write, FileShare.None, 4_096, useAsync: true);
        foreach (var part in parts) await stream.WriteAsync(part);
    }

    /// <inheritdoc cref="Save(string)"/>
    public async Task SaveAsync(Stream stream)
    {
        foreach (var part in Parts()) await stream.WriteAsync(part);
    }

    private ReadOnlyMemory<byte>[] Parts()
    {
        var syntax = FileMetaInfo.TransferSyntax ?? throw new DicomDataException("The file meta information names no transfer syntax.");
        if (syntax.IsBigEndian || syntax.IsDeflate) throw new DicomDataException($"{syntax} is not written here.");
        var head = new DicomWriter(isExplicit: true);
        head.Raw(new byte[128]);
        head.Raw("DICM"u8.ToArray());
        head.Write(FileMetaInfo.Complete(), TextEncoding.Default);
        var body = new DicomWriter(syntax.IsExplicitVR);
        body.Write(Dataset, TextEncoding.Default);
        return [.. head.Parts(), .. body.Parts()];
    }
}
