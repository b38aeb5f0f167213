using System.Buffers;

namespace Gateway.DicomNetwork;

/// <summary>Collects the data set of a storage commitment message, which has a length we bound, and hands it on.</summary>
internal sealed class CommitmentSink(Func<ReadOnlyMemory<byte>, ValueTask<StoreReply>> take) : IStoreSink
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ValueTask WriteAsync(ReadOnlySequence<byte> fragment, CancellationToken cancel)
    {
        if (_bytes.WrittenCount + fragment.Length > CommitmentDataSet.MaxLength)
            throw new InvalidDataException("A storage commitment data set is too long.");
        foreach (var segment in fragment)
            _bytes.Write(segment.Span);
        return default;
    }

    public async ValueTask<StoreReply> CompleteAsync()
    {
        try
        {
            return await take(_bytes.WrittenMemory);
        }
        catch (DicomException)    // its message may quote the data set
        {
            return new(DimseStatus.InvalidArgumentValue, "The data set is not one of storage commitment.");
        }
    }

    public ValueTask DisposeAsync() => default;
}
