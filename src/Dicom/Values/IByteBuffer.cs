namespace Gateway.Dicom;

/// <summary>The bytes of a value field, little endian, without a header (PS3.5 section 7.1). They are in memory or still in their file.</summary>
public interface IByteBuffer
{
    /// <summary>Whether <see cref="Data"/> costs nothing: a value that stayed in its file is read each time (PS3.5 section 7.1).</summary>
    bool IsMemory { get; }

    /// <summary>Bytes of the value field (PS3.5 section 7.1.1).</summary>
    long Size { get; }

    /// <summary>All bytes of the value field (PS3.5 section 7.1); in memory they are no copy: do not write into them.</summary>
    /// <exception cref="IOException">The file they stayed in is gone, or is another by now.</exception>
    /// <exception cref="DicomDataException">They would not fit into memory.</exception>
    byte[] Data { get; }

    /// <summary>Copies a part of the value field (PS3.5 section 7.1) to the start of <paramref name="output"/>.</summary>
    /// <param name="offset">From 0 on.</param>
    /// <param name="count">Bytes; no more than there are from the offset on.</param>
    /// <exception cref="IOException">The file they stayed in is gone, or is another by now.</exception>
    void GetByteRange(long offset, int count, byte[] output);

    /// <summary>Writes the value field (PS3.5 section 7.1) to a stream, without holding all of it in memory.</summary>
    /// <exception cref="IOException">The file they stayed in is gone, or is another by now.</exception>
    void CopyToStream(Stream stream);

    /// <inheritdoc cref="CopyToStream(Stream)"/>
    Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken);
}
