using System.Buffers;

namespace Gateway.DicomNetwork;

/// <summary>Takes one data set as it arrives. Disposed without <see cref="CompleteAsync"/>: the connection was lost, and nothing may
/// remain (PS3.7 §9.1.1).</summary>
/// <remarks>An exception from either method is answered with 0110 (processing failure); the association goes on.</remarks>
public interface IStoreSink : IAsyncDisposable
{
    /// <summary>The next bytes of the data set, in the accepted transfer syntax; valid until the returned task ends
    /// (PS3.7 §9.1.1).</summary>
    ValueTask WriteAsync(ReadOnlySequence<byte> fragment, CancellationToken cancel);

    /// <summary>Called when the data set is complete. Its result becomes the C-STORE-RSP (PS3.7 §9.3.1.2): Success means durable.</summary>
    ValueTask<StoreReply> CompleteAsync();
}
