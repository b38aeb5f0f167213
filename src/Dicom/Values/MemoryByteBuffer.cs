namespace Gateway.Dicom;

/// <summary>The bytes of a value field (PS3.5 section 7.1) in memory.</summary>
public sealed class MemoryByteBuffer(byte[] data) : IByteBuffer
{
    internal static MemoryByteBuffer Empty { get; } = new([]);

    /// <inheritdoc/>
    public bool IsMemory => true;

    /// <inheritdoc/>
    public long Size => Data.Length;

    /// <inheritdoc/>
    public byte[] Data { get; } = data;

    /// <inheritdoc/>
    public void GetByteRange(long offset, int count, byte[] output) => Data.AsSpan((int)offset, count).CopyTo(output);

    /// <inheritdoc/>
    public void CopyToStream(Stream stream) => stream.Write(Data);

    /// <inheritdoc/>
    public Task CopyToStreamAsync(Stream stream, CancellationToken cancellationToken) =>
        stream.WriteAsync(Data, cancellationToken).AsTask();
}
