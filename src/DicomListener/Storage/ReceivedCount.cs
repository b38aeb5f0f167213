using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>What one association announced, and what became of it.</summary>
internal sealed class ReceivedCount(ListenerMetrics metrics)
{
    private int _stored;

    public int Announced { get; private set; }

    public int Stored => Volatile.Read(ref _stored);

    public void Announce() => Announced++;

    public void Answer(StoreRequest request, StoreReply reply)
    {
        if (reply.Status == DimseStatus.Success)
            Interlocked.Increment(ref _stored); // parts of a store request are answered beside each other
        metrics.Received(request.SopClassUid, reply.Status);
    }

    /// <summary>The connection broke before the object was whole.</summary>
    public void Lose(StoreRequest request) => metrics.Lost(request.SopClassUid);
}
