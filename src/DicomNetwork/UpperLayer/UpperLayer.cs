using System.Buffers;
using static Gateway.DicomNetwork.AssociationEvent;
using static Gateway.DicomNetwork.AssociationState;

namespace Gateway.DicomNetwork;

/// <summary>The DICOM upper layer of one association (PS3.8 §7 and §9): primitives of the user on one side, PDUs on the other.</summary>
/// <remarks>Not for use by two callers at once, but for <see cref="Interrupt"/>.</remarks>
internal sealed class UpperLayer(PduChannel channel, bool requestor, UpperLayerOptions options, TimeProvider time)
{
    private const byte ServiceUser = 0;
    private const byte ServiceProvider = 2;

    public AssociationState State { get; private set; } = requestor ? Sta1 : Sta2;

    public void Interrupt() => channel.Interrupt();

    /// <summary>Waits for what the peer does next.</summary>
    public async ValueTask<Indication> NextAsync(TimeSpan timeout, CancellationToken cancel)
    {
        while (true)
        {
            var limit = State is Sta2 or Sta5 ? UpperLayerOptions.MaxAssociateLength : options.MaxPduLength;
            var incoming = await channel.ReadAsync(limit, timeout, cancel);
            if (incoming.Event is null)
                return new(IndicationKind.Interrupted);
            if (incoming.Event == Evt18 && State is not (Sta2 or Sta13))
                return new(IndicationKind.Expired);    // the user's time is up, not ARTIM's
            if (await ReceiveAsync(incoming) is { } indication)
                return indication;
        }
    }

    /// <summary>A-ASSOCIATE request, once the transport is connected.</summary>
    public ValueTask RequestAsync(AssociateRequestPdu pdu, CancellationToken cancel)
    {
        Fire(Evt1);
        Fire(Evt2);
        return SendAsync(PduWriter.AssociateRequest(pdu), cancel);
    }

    /// <summary>A-ASSOCIATE response.</summary>
    public ValueTask AcceptAsync(AssociateAcceptPdu pdu)
    {
        Fire(Evt7);
        return SendAsync(PduWriter.AssociateAccept(pdu), default);
    }

    /// <summary>A-ASSOCIATE response.</summary>
    public ValueTask RejectAsync(AssociationRejection rejection)
    {
        Fire(Evt8);
        return TrySendAsync(PduWriter.AssociateReject(rejection));
    }

    /// <summary>P-DATA request: a whole P-DATA-TF, headers included.</summary>
    public ValueTask SendDataAsync(ReadOnlyMemory<byte> pdu, CancellationToken cancel)
    {
        Fire(Evt9);
        return SendAsync(pdu, cancel);
    }

    /// <summary>A-RELEASE request.</summary>
    public ValueTask RequestReleaseAsync(CancellationToken cancel)
    {
        Fire(Evt11);
        return SendAsync(PduWriter.ReleaseRequest(), cancel);
    }

    /// <summary>A-RELEASE response.</summary>
    public ValueTask RespondReleaseAsync()
    {
        Fire(Evt14);
        return TrySendAsync(PduWriter.ReleaseResponse());
    }

    /// <summary>A-ABORT request; nothing where there is no association to abort.</summary>
    public ValueTask AbortAsync()
    {
        if (State is Sta1 or Sta2 or Sta13)
            return ValueTask.CompletedTask;
        Fire(Evt15);
        return TrySendAsync(PduWriter.Abort(new(ServiceUser, 0)));
    }

    /// <summary>The user found a P-DATA-TF it was handed to be invalid.</summary>
    public async ValueTask RefuseDataAsync(PduException error) => await ReceiveAsync(new(Evt19, default, error));

    /// <summary>Waits for the peer to close; then, or when ARTIM runs out, the transport may be closed.</summary>
    public async ValueTask CloseAsync(TimeSpan artim)
    {
        var started = time.GetTimestamp();
        while (State == Sta13)
        {
            var left = artim - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || (await NextAsync(left, CancellationToken.None)).Kind == IndicationKind.Interrupted)
                State = Sta1;
        }
    }

    private async ValueTask<Indication?> ReceiveAsync(Incoming incoming)
    {
        var (pdu, error) = Parse(incoming);
        switch (Fire(error is null || incoming.Event == Evt17 ? incoming.Event!.Value : Evt19))
        {
            case AssociationAction.AE3:
                return new(IndicationKind.Accepted, pdu);
            case AssociationAction.AE4:
                return new(IndicationKind.Rejected, pdu);
            case AssociationAction.AE6:
                return new(IndicationKind.Associate, pdu);
            case AssociationAction.DT2 or AssociationAction.AR6:
                return new(IndicationKind.Data, null, incoming.Body);
            case AssociationAction.AR2 or AssociationAction.AR8:
                return new(IndicationKind.Release);
            case AssociationAction.AR3 or AssociationAction.AR10:
                return new(IndicationKind.Released);
            case AssociationAction.AA3:
                return new(IndicationKind.Aborted, pdu);
            case AssociationAction.AA2:
                return new(incoming.Event == Evt18 ? IndicationKind.Expired : IndicationKind.Aborted, pdu);
            case AssociationAction.AA1:
                await TrySendAsync(PduWriter.Abort(new(ServiceUser, 0)));
                return new(IndicationKind.ProtocolError, error ?? Unexpected());
            case AssociationAction.AA8:
                error ??= Unexpected();
                await TrySendAsync(PduWriter.Abort(new(ServiceProvider, (byte)error.Reason)));
                return new(IndicationKind.ProtocolError, error);
            case AssociationAction.AA7:
                await TrySendAsync(PduWriter.Abort(new(ServiceProvider, (byte)(error ?? Unexpected()).Reason)));
                return null;
            case AssociationAction.AA6:
                return null;
            default:    // AA-4, AA-5, AR-5: the transport is closed
                return new(IndicationKind.Lost, error);
        }
    }

    private static PduException Unexpected() => new(AbortReason.UnexpectedPdu, "A PDU that may not come now.");

    private static (object? Pdu, PduException? Error) Parse(Incoming incoming)
    {
        try
        {
            return incoming.Event switch
            {
                Evt6 => (PduParser.ReadAssociateRequest(incoming.Body), null),
                Evt3 => (PduParser.ReadAssociateAccept(incoming.Body), null),
                Evt4 => (PduParser.ReadAssociateReject(incoming.Body), null),
                Evt16 => (PduParser.ReadAbort(incoming.Body), null),
                _ => (null, incoming.Error),
            };
        }
        catch (PduException error)
        {
            return (null, error);
        }
    }

    private AssociationAction Fire(AssociationEvent happened)
    {
        (var action, State) = AssociationMachine.Next(State, happened, requestor);
        return action;
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> pdu, CancellationToken cancel) => channel.WriteAsync(pdu, options.Write, cancel);

    /// <summary>Last words: if the peer cannot hear them any more, closing is all that is left.</summary>
    private async ValueTask TrySendAsync(ReadOnlyMemory<byte> pdu)
    {
        try
        {
            await SendAsync(pdu, default);
        }
        catch (Exception gone) when (gone is IOException or TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            State = Sta1;
        }
    }
}
