namespace Gateway.Dicom;

/// <summary>The bytes of a value field, little endian, without a header (PS3.5 section 7.1). They are in memory, or still in their
/// file.</summary>
public interface IByteBuffer
{
    /// <summary>Whether the bytes are in memory (PS3.5 section 7.1). If not, each use of <see cref="Data"/> reads
    /// them from the file.</summary>
    bool IsMemory { get; }

    /// <summary>Bytes of the value field (PS3.5 section 7.1.1).</summary>
    long Size { get; }

    /// <summary>All bytes of the value field (PS3.5 section 7.1). If they are in memory, this is no copy: do not write into it.</summary>
    /// <exception cref="IOException">The file with the bytes is gone or was replaced.</exception>
    /// <exception cref="DicomDataException">The bytes do not fit into memory.</exception>
    byte[] Data { get; }

    /// <summary>Copies a part of the value field (PS3.5 section 7.1) to the start of <paramref name="output"/>.</summary>
    /// <param name="offset">From 0 on.</param>
    /// <param name="count">Number of bytes; no more than there are after the offset.</param>
    /// <exception cref="IOException">The file with the bytes is gone or was replaced.</exception>
    void GetByteRange(long offset, int count, byte[] output);

    /// <summary>Writes the value field (PS3.5 section 7.1) to a stream, without holding all of it in memory.</summary>
    /// <exception cref="IOException">The file with the bytes is gone or was replaced.</exception>
    void CopyToStream(Stream stream);

    /// <inheritdoc cref="CopyToStream(Stream)"/>
    Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken);
}
