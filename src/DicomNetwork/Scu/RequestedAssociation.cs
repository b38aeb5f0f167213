using System.Buffers;

namespace Gateway.DicomNetwork;

/// <summary>The requestor's side of one association: open, exchange messages one at a time, release.</summary>
internal sealed class RequestedAssociation : IAsyncDisposable
{
    private readonly ClientConnection _connection;
    private readonly UpperLayer _upper;
    private readonly DicomClientOptions _options;
    private uint _peerMaxPduLength;
    private ushort _lastMessageId;

    private RequestedAssociation(ClientConnection connection, DicomClientOptions options, TimeProvider time)
    {
        (_connection, _options) = (connection, options);
        _upper = new(connection.Channel, requestor: true, new(options.MaxPduLength, options.DimseTimeout), time);
    }

    /// <summary>Ids of the accepted contexts, with the transfer syntax of each.</summary>
    public IReadOnlyDictionary<byte, string> Accepted { get; private set; } = new Dictionary<byte, string>();

    /// <exception cref="DicomNetworkException">No connection, no answer, or no for an answer.</exception>
    public static async Task<RequestedAssociation> OpenAsync(
        DicomClientOptions options, IReadOnlyList<ProposedContext> contexts, TimeProvider time, CancellationToken cancel)
    {
        var association = new RequestedAssociation(await ClientConnection.OpenAsync(options, time, cancel), options, time);
        try
        {
            await association.NegotiateAsync(contexts, cancel);
            return association;
        }
        catch
        {
            await association.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a command, with the data set where there is one, and waits for its response.</summary>
    /// <exception cref="DicomNetworkException">The association did not survive it.</exception>
    public async Task<CommandSet> InvokeAsync(
        byte contextId, Func<ushort, CommandSet> command, Stream? dataSet, CancellationToken cancel)
    {
        var messageId = ++_lastMessageId;
        try
        {
            await DimseWriter.WriteAsync(_upper, contextId, command(messageId), _peerMaxPduLength, cancel);
            if (dataSet is not null)
                await SendDataSetAsync(contextId, dataSet, cancel);
        }
        catch (Exception error) when (error is IOException or TimeoutException)
        {
            throw await WhyAsync(error, cancel);
        }

        return await ReceiveAsync(messageId, cancel);
    }

    /// <summary>A-RELEASE: the peer knows that nothing more comes.</summary>
    public async Task ReleaseAsync(CancellationToken cancel)
    {
        try
        {
            await _upper.RequestReleaseAsync(cancel);
            while (_upper.State != AssociationState.Sta1)
            {
                var next = await _upper.NextAsync(_options.AssociationTimeout, cancel);
                if (next.Kind == IndicationKind.Release)
                    await _upper.RespondReleaseAsync();    // both asked at once (PS3.8 §9.2.3, release collision)
                else if (next.Kind is not (IndicationKind.Released or IndicationKind.Data))
                    return;                                // every response is in: how the peer leaves no longer matters
            }
        }
        catch (Exception error) when (error is IOException or TimeoutException)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _upper.AbortAsync();
        await _connection.DisposeAsync();
    }

    private async Task NegotiateAsync(IReadOnlyList<ProposedContext> contexts, CancellationToken cancel)
    {
        var user = new UserInformation
        {
            MaxPduLength = _options.MaxPduLength,
            ImplementationClassUid = Implementation.ClassUid,
            ImplementationVersion = Implementation.VersionName,
        };
        try
        {
            await _upper.RequestAsync(
                new(1, _options.CalledAe.Value, _options.CallingAe.Value, PduWriter.ApplicationContext, contexts, user), cancel);
        }
        catch (Exception error) when (error is IOException or TimeoutException)
        {
            throw await WhyAsync(error, cancel);
        }

        var answer = await _upper.NextAsync(_options.AssociationTimeout, cancel);
        if (answer is not { Kind: IndicationKind.Accepted, Pdu: AssociateAcceptPdu accepted })
            throw Failure(answer);
        _peerMaxPduLength = accepted.User.MaxPduLength;
        Accepted = accepted.Contexts
            .Where(context => context.Result == NegotiatedContext.Accepted)
            .DistinctBy(context => context.Id)
            .ToDictionary(context => context.Id, context => context.TransferSyntax);
    }

    private async Task SendDataSetAsync(byte contextId, Stream dataSet, CancellationToken cancel)
    {
        var fragment = DimseWriter.FragmentLength(
            _peerMaxPduLength, (int)_options.MaxPduLength - PduWriter.DataOverhead + PduFraming.HeaderLength);
        var pdu = ArrayPool<byte>.Shared.Rent(fragment + PduWriter.DataOverhead);
        try
        {
            var left = dataSet.Length - dataSet.Position;
            do
            {
                var length = (int)Math.Min(left, fragment);
                await dataSet.ReadExactlyAsync(pdu.AsMemory(PduWriter.DataOverhead, length), cancel);
                left -= length;
                PduWriter.DataHeader(pdu, contextId, command: false, last: left == 0, length);
                await _upper.SendDataAsync(pdu.AsMemory(0, PduWriter.DataOverhead + length), cancel);
            }
            while (left > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pdu);
        }
    }

    private async Task<CommandSet> ReceiveAsync(ushort messageId, CancellationToken cancel)
    {
        var bytes = new ArrayBufferWriter<byte>();
        while (true)
        {
            var next = await _upper.NextAsync(_options.DimseTimeout, cancel);
            if (next.Kind != IndicationKind.Data)
                throw Failure(next);
            try
            {
                if (Collect(next.Data, bytes) is { } response)
                {
                    return (response.Field & CommandField.Response) != 0 && response.MessageIdRespondedTo == messageId
                        ? response
                        : throw new PduException(AbortReason.UnexpectedPduParameter, "A response to nothing that was asked.");
                }
            }
            catch (PduException error)
            {
                await _upper.RefuseDataAsync(error);
                throw new DicomNetworkException($"The peer broke the protocol: {error.Message}", error);
            }
        }
    }

    private static CommandSet? Collect(ReadOnlySequence<byte> body, ArrayBufferWriter<byte> bytes)
    {
        while (!body.IsEmpty)
        {
            var pdv = Pdv.Take(ref body);
            if (!pdv.IsCommand || bytes.WrittenCount + pdv.Data.Length > CommandSet.MaxLength)
                throw new PduException(AbortReason.UnexpectedPduParameter, "No command set where a response was expected.");
            foreach (var segment in pdv.Data)
                bytes.Write(segment.Span);
            if (pdv.IsLast)
                return CommandSet.Parse(bytes.WrittenSpan);
        }

        return null;
    }

    /// <summary>A write failed: the peer may have said why before it went.</summary>
    private async Task<DicomNetworkException> WhyAsync(Exception error, CancellationToken cancel)
    {
        if (error is TimeoutException)
            return new("The peer does not take what it is sent.", error);
        var last = await _upper.NextAsync(TimeSpan.FromSeconds(1), cancel);
        return last.Kind is IndicationKind.Aborted or IndicationKind.Rejected ? Failure(last) : new("The connection was lost.", error);
    }

    private static DicomNetworkException Failure(Indication indication) => indication switch
    {
        { Kind: IndicationKind.Rejected, Pdu: AssociationRejection rejection } => new AssociationRejectedException(rejection),
        { Kind: IndicationKind.Aborted, Pdu: AbortPdu abort } => new AssociationAbortedException(abort.Source, (AbortReason)abort.Reason),
        { Kind: IndicationKind.Expired } => new("The peer did not answer in time."),
        { Kind: IndicationKind.ProtocolError, Pdu: PduException error } => new($"The peer broke the protocol: {error.Message}", error),
        { Kind: IndicationKind.Release } => new("The peer released the association while an answer was due."),
        _ => new("The connection was lost."),
    };
}
