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

    private readonly Indication.Data _data = new();

    public AssociationState State { get; private set; } = requestor ? Sta1 : Sta2;

    public void Interrupt() => channel.Interrupt();

    /// <summary>Waits for what the peer does next.</summary>
    public async ValueTask<Indication> NextAsync(TimeSpan timeout, CancellationToken cancel)
    {
        while (true)
        {
            var limit = State is Sta2 or Sta5 ? UpperLayerOptions.MaxAssociateLength : options.MaxPduLength;
            var incoming = await channel.ReadAsync(limit, timeout, cancel);
            if (incoming is Incoming.Interrupted)
                return new Indication.Interrupted();
            if (incoming is Incoming.Expired && State is not (Sta2 or Sta13))
                return new Indication.Expired();    // the user's time is up, not ARTIM's
            var (happened, meaning) = Read(incoming);
            if (await TellAsync(happened, meaning) is { } indication)
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

    /// <summary>A-ABORT request. Does nothing when there is no association.</summary>
    public ValueTask AbortAsync()
    {
        if (State is Sta1 or Sta2 or Sta13)
            return ValueTask.CompletedTask;
        Fire(Evt15);
        return TrySendAsync(PduWriter.Abort(new(ServiceUser, 0)));
    }

    /// <summary>The user found a P-DATA-TF it was handed to be invalid.</summary>
    public async ValueTask RefuseDataAsync(PduException error) => await TellAsync(Evt19, new Indication.ProtocolError(error));

    /// <summary>Waits for the peer to close; then, or when ARTIM runs out, the transport may be closed.</summary>
    public async ValueTask CloseAsync(TimeSpan artim)
    {
        var started = time.GetTimestamp();
        while (State == Sta13)
        {
            var left = artim - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || await NextAsync(left, CancellationToken.None) is Indication.Interrupted)
                State = Sta1;
        }
    }

    /// <summary>Does what the table says.</summary>
    /// <param name="meaning">The indication for the user, if the event is allowed in this state.</param>
    /// <returns>The indication for the user; null when there is none and the wait goes on.</returns>
    private async ValueTask<Indication?> TellAsync(AssociationEvent happened, Indication meaning)
    {
        switch (Fire(happened))
        {
            case AssociationAction.AA1:
                await TrySendAsync(PduWriter.Abort(new(ServiceUser, 0)));
                return ErrorOf(meaning);
            case AssociationAction.AA8:
                await TrySendAsync(PduWriter.Abort(new(ServiceProvider, (byte)ErrorOf(meaning).Error.Reason)));
                return ErrorOf(meaning);
            case AssociationAction.AA7:
                await TrySendAsync(PduWriter.Abort(new(ServiceProvider, (byte)ErrorOf(meaning).Error.Reason)));
                return null;
            case AssociationAction.AA6:
                return null;
            default:
                return meaning;
        }
    }

    private static Indication.ProtocolError ErrorOf(Indication meaning) =>
        meaning as Indication.ProtocolError ?? new(new(AbortReason.UnexpectedPdu, "A PDU that may not come now."));

    private (AssociationEvent Happened, Indication Meaning) Read(Incoming incoming) => incoming switch
    {
        Incoming.Pdu pdu => Read(pdu.Type, pdu.Body),
        Incoming.Malformed malformed => (Evt19, new Indication.ProtocolError(malformed.Error)),
        Incoming.Expired => (Evt18, new Indication.Expired()),
        Incoming.Closed closed => (Evt17, new Indication.Lost(closed.Truncated)),
        _ => throw new InvalidOperationException($"{incoming.GetType().Name} is no event of PS3.8 Table 9-10."),
    };

    private (AssociationEvent Happened, Indication Meaning) Read(PduType type, ReadOnlySequence<byte> body)
    {
        try
        {
            return type switch
            {
                PduType.AssociateRequest => (Evt6, new Indication.Associate(PduParser.ReadAssociateRequest(body))),
                PduType.AssociateAccept => (Evt3, new Indication.Accepted(PduParser.ReadAssociateAccept(body))),
                PduType.AssociateReject => (Evt4, new Indication.Rejected(PduParser.ReadAssociateReject(body))),
                PduType.Data => (Evt10, _data.Of(body)),
                PduType.ReleaseRequest => (Evt12, new Indication.Release()),
                PduType.ReleaseResponse => (Evt13, new Indication.Released()),
                PduType.Abort => (Evt16, new Indication.Aborted(PduParser.ReadAbort(body))),
                _ => throw new PduException(AbortReason.UnrecognizedPdu, "A PDU of unknown type."),
            };
        }
        catch (PduException error)
        {
            return (Evt19, new Indication.ProtocolError(error));
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
