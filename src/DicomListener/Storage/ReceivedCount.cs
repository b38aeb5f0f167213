using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>What one association announced, and what became of it.</summary>
internal sealed class ReceivedCount(ListenerMetrics metrics)
{
    public int Announced { get; private set; }

    public int Stored { get; private set; }

    public void Announce() => Announced++;

    public void Answer(StoreRequest request, StoreReply reply)
    {
        Stored += reply.Status == DimseStatus.Success ? 1 : 0;
        metrics.Received(request.SopClassUid, reply.Status);
    }

    /// <summary>The connection broke before the object was whole.</summary>
    public void Lose(StoreRequest request) => metrics.Lost(request.SopClassUid);
}
