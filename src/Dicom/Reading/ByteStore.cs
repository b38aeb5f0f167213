namespace Gateway.Dicom;

/// <summary>The place from which values are read on demand.</summary>
internal abstract class ByteStore
{
    /// <summary>Fills the span with the bytes from that position on.</summary>
    /// <exception cref="IOException">The bytes are no longer there.</exception>
    public abstract void Read(long at, Span<byte> into);
}
