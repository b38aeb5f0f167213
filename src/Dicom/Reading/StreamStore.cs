namespace Gateway.Dicom;

/// <summary>A stream whose owner keeps it open while values are in use.</summary>
internal sealed class StreamStore(Stream stream) : ByteStore
{
    private readonly Lock _reading = new();

    public override void Read(long at, Span<byte> into)
    {
        lock (_reading)
        {
            var back = stream.Position;    // the header may still be being read
            stream.Position = at;
            stream.ReadExactly(into);
            stream.Position = back;
        }
    }
}
