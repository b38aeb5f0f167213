namespace Gateway.Dicom;

/// <summary>Where values lie that are read on demand.</summary>
internal abstract class ByteStore
{
    /// <summary>Fills the span with the bytes from that place on.</summary>
    /// <exception cref="IOException">They are not there any more.</exception>
    public abstract void Read(long at, Span<byte> into);
}
