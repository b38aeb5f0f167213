namespace Gateway.Dicom;

/// <summary>A DICOM file (PS3.10 section 7): preamble, file meta information, data set.</summary>
public sealed class DicomFile
{
    /// <summary>A file without elements, to be filled and written (PS3.10 section 7), for content that is no
    /// instance of a SOP class.</summary>
    public DicomFile() : this(new DicomDataset()) { }

    /// <summary>A file to be written from a data set, in the data set's transfer syntax (PS3.10 section 7.1).</summary>
    public DicomFile(DicomDataset dataset) : this(dataset, new DicomFileMetaInformation(dataset)) { }

    internal DicomFile(DicomDataset dataset, DicomFileMetaInformation meta) => (Dataset, FileMetaInfo) = (dataset, meta);

    /// <summary>The file meta information (PS3.10 section 7.1). Its transfer syntax is the one that the file is saved in.</summary>
    public DicomFileMetaInformation FileMetaInfo { get; }

    /// <summary>The data set (PS3.10 section 7.2).</summary>
    public DicomDataset Dataset { get; }

    /// <summary>The file ended inside Pixel Data (PS3.5 section 8); the data set holds the bytes up to there. See
    /// <see cref="DicomFileException.File"/>.</summary>
    public bool IsPartial { get; internal init; }

    /// <summary>Reads a file (PS3.10 section 7). A missing preamble or missing meta information is accepted if
    /// the bytes show clearly what they
    /// are. A deflated data set (PS3.5 annex A.5) may grow to the larger of 64 MiB and 64 times its size, but not
    /// beyond 512 MiB, or the number
    /// of bytes in the AppContext setting <c>Gateway.Dicom.InflationLimit</c>.</summary>
    /// <param name="largeObjectSize">Bytes beyond which a value is large; 0 for 64 KiB.</param>
    /// <exception cref="DicomFileException">It is no DICOM file, is damaged, ends early, or is built to fill
    /// memory. If only the end of Pixel
    /// Data is missing, the exception holds the file as far as it was read.</exception>
    public static DicomFile Open(string fileName, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0)
    {
        var store = new FileStore(fileName);
        using var stream = new FileStream(fileName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return DicomFileReader.Read(
            stream, store, readOption == FileReadOption.Default ? FileReadOption.ReadLargeOnDemand : readOption, largeObjectSize);
    }

    /// <summary>Reads a file from a stream (PS3.10 section 7), from its position to its end. A stream that cannot seek is copied to
    /// memory.</summary>
    /// <inheritdoc cref="Open(string, FileReadOption, int)"/>
    public static DicomFile Open(Stream stream, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0)
    {
        if (stream.CanSeek) return DicomFileReader.Read(stream, new StreamStore(stream), readOption, largeObjectSize);
        var memory = new MemoryStream();
        stream.CopyTo(memory);
        memory.Position = 0;
        return Open(memory, readOption, largeObjectSize);
    }

    /// <inheritdoc cref="Open(string, FileReadOption, int)"/>
    public static Task<DicomFile> OpenAsync(string fileName, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0) =>
        Task.Run(() => Open(fileName, readOption, largeObjectSize));

    /// <inheritdoc cref="Open(Stream, FileReadOption, int)"/>
    public static async Task<DicomFile> OpenAsync(
        Stream stream, FileReadOption readOption = FileReadOption.Default, int largeObjectSize = 0)
    {
        if (stream.CanSeek) return await Task.Run(() => Open(stream, readOption, largeObjectSize));
        var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        memory.Position = 0;
        return Open(memory, readOption, largeObjectSize);
    }

    /// <summary>Writes the file (PS3.10 section 7) in the transfer syntax of its meta information. The same
    /// content gives the same bytes. It is
    /// written under another name and then moved, so that a file may replace the one that it was read from.</summary>
    /// <exception cref="DicomDataException">Text does not fit the character set, a value is too long for
    /// the format, or the data set has elements
    /// of group 0002, which a reader would take for meta information.</exception>
    /// <exception cref="IOException">The file cannot be written, or values that stayed in their file cannot be read any more.</exception>
    public void Save(string fileName)
    {
        var writer = new DicomFileWriter(this);    // before there is a file: what cannot be written leaves none behind
        using var target = new ReplacedFile(fileName);
        writer.WriteTo(target.Stream);
        target.Commit();
    }

    /// <summary>Writes the file (PS3.10 section 7) to a stream.</summary>
    /// <inheritdoc cref="Save(string)"/>
    public void Save(Stream stream) => new DicomFileWriter(this).WriteTo(stream);

    /// <inheritdoc cref="Save(string)"/>
    public async Task SaveAsync(string fileName)
    {
        var writer = new DicomFileWriter(this);
        using var target = new ReplacedFile(fileName);
        await writer.WriteToAsync(target.Stream);
        target.Commit();
    }

    /// <inheritdoc cref="Save(Stream)"/>
    public Task SaveAsync(Stream stream) => new DicomFileWriter(this).WriteToAsync(stream);
}
