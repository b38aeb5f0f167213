namespace Gateway.Dicom;

/// <summary>A value's bytes in memory.</summary>
public sealed class MemoryByteBuffer(byte[] data) : IByteBuffer
{
    public long Size => Data.Length;

    public byte[] Data { get; } = data;
}
