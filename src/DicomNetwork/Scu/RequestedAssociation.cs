namespace Gateway.DicomNetwork;

/// <summary>The requestor's side of one association: open, exchange messages one at a time, release.</summary>
internal sealed class RequestedAssociation : IAsyncDisposable
{
    /// <summary>A query by unique keys has one; a peer that ignores keys may answer with its whole archive.</summary>
    private const int MostMatches = 1_000;

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

    /// <summary>The roles that the peer lets us take, where it said so.</summary>
    public IReadOnlyList<RoleSelection> Roles { get; private set; } = [];

    /// <exception cref="DicomNetworkException">No connection, no answer, or no for an answer.</exception>
    public static async Task<RequestedAssociation> OpenAsync(
        DicomClientOptions options, IReadOnlyList<ProposedContext> contexts, TimeProvider time, CancellationToken cancel,
        params IReadOnlyList<RoleSelection> roles)
    {
        var association = new RequestedAssociation(await ClientConnection.OpenAsync(options, time, cancel), options, time);
        try
        {
            await association.NegotiateAsync(contexts, roles, cancel);
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
        var messageId = await SendAsync(contextId, command, dataSet, cancel);
        var (response, _) = await ReceiveAsync(messageId, cancel);
        return response.HasDataSet ? throw await UnaskedAsync() : response;
    }

    /// <summary>Sends a query (C-FIND) and takes its matches until the peer has no more (PS3.7 §9.1.2).</summary>
    /// <param name="onMatch">Is given each identifier, which is only read during the call.</param>
    /// <returns>The last response.</returns>
    /// <exception cref="DicomNetworkException">The association did not survive it, or the matches are too many.</exception>
    public async Task<CommandSet> QueryAsync(
        byte contextId, Func<ushort, CommandSet> command, Stream identifier, Action<ReadOnlyMemory<byte>> onMatch, CancellationToken cancel)
    {
        var messageId = await SendAsync(contextId, command, identifier, cancel);
        for (var matches = 0; matches < MostMatches; matches++)
        {
            var (response, match) = await ReceiveAsync(messageId, cancel);
            if (!DimseStatus.IsPending(response.Status))
                return response;
            onMatch(match);
        }
        throw new DicomNetworkException("The peer answers with more than what it was asked for.");
    }

    private async Task<ushort> SendAsync(
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

        return messageId;
    }

    /// <summary>Waits for a request of the peer's.</summary>
    /// <returns>Null when none came in time, or the peer ended the association.</returns>
    /// <exception cref="DicomNetworkException">The peer broke the protocol.</exception>
    public async Task<ReceivedMessage?> NextRequestAsync(TimeSpan timeout, CancellationToken cancel)
    {
        var (message, instead) = await ReceiveAsync(timeout, cancel);
        if (instead is Indication.Release)
            await _upper.RespondReleaseAsync();
        if (message is null || (message.Command!.Field & CommandField.Response) == 0)
            return message;
        throw await UnaskedAsync();
    }

    /// <exception cref="DicomNetworkException">The association did not survive it.</exception>
    public async Task RespondAsync(byte contextId, CommandSet response, CancellationToken cancel)
    {
        try
        {
            await DimseWriter.WriteAsync(_upper, contextId, response, _peerMaxPduLength, cancel);
        }
        catch (Exception error) when (error is IOException or TimeoutException)
        {
            throw await WhyAsync(error, cancel);
        }
    }

    /// <summary>Releases the association (A-RELEASE), which tells the peer that nothing more comes.</summary>
    public async Task ReleaseAsync(CancellationToken cancel)
    {
        try
        {
            if (_upper.State != AssociationState.Sta6)    // the peer released first
                return;
            await _upper.RequestReleaseAsync(cancel);
            while (_upper.State != AssociationState.Sta1)
            {
                var next = await _upper.NextAsync(_options.AssociationTimeout, cancel);
                if (next is Indication.Release)
                    await _upper.RespondReleaseAsync();    // both asked at once (PS3.8 §9.2.3, release collision)
                else if (next is not (Indication.Released or Indication.Data))
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

    private async Task NegotiateAsync(
        IReadOnlyList<ProposedContext> contexts, IReadOnlyList<RoleSelection> roles, CancellationToken cancel)
    {
        var user = new UserInformation
        {
            MaxPduLength = _options.MaxPduLength,
            ImplementationClassUid = Implementation.ClassUid,
            ImplementationVersion = Implementation.VersionName,
            Roles = roles,
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
        if (answer is not Indication.Accepted { Answer: var accepted })
            throw Failure(answer);
        _peerMaxPduLength = accepted.User.MaxPduLength;
        Roles = accepted.User.Roles;
        Accepted = accepted.Contexts
            .Where(context => context.Result == NegotiatedContext.Accepted)
            .DistinctBy(context => context.Id)
            .ToDictionary(context => context.Id, context => context.TransferSyntax);
    }

    private ValueTask SendDataSetAsync(byte contextId, Stream dataSet, CancellationToken cancel) => DimseWriter.WriteAsync(
        _upper, contextId, dataSet, _peerMaxPduLength, cancel,
        (int)_options.MaxPduLength - PduWriter.DataOverhead + PduFraming.HeaderLength);

    private async Task<(CommandSet Response, ReadOnlyMemory<byte> DataSet)> ReceiveAsync(ushort messageId, CancellationToken cancel)
    {
        var (message, failure) = await ReceiveAsync(_options.DimseTimeout, cancel);
        if (message is null)
            throw Failure(failure!);
        if (message.Command is { } response && (response.Field & CommandField.Response) != 0 && response.MessageIdRespondedTo == messageId)
            return (response, message.DataSet);
        throw await UnaskedAsync();
    }

    private Task<DicomNetworkException> UnaskedAsync() =>
        RefuseAsync(new(AbortReason.UnexpectedPduParameter, "A response to nothing that was asked."));

    /// <summary>The peer's next message, or what it did instead.</summary>
    private async Task<(ReceivedMessage? Message, Indication? Instead)> ReceiveAsync(TimeSpan timeout, CancellationToken cancel)
    {
        var message = new ReceivedMessage();
        while (true)
        {
            var next = await _upper.NextAsync(timeout, cancel);
            if (next is not Indication.Data data)
                return (null, next);
            try
            {
                if (message.Take(data.Body))
                    return (message, null);
            }
            catch (PduException error)
            {
                throw await RefuseAsync(error);
            }
        }
    }

    private async Task<DicomNetworkException> RefuseAsync(PduException error)
    {
        await _upper.RefuseDataAsync(error);
        return new($"The peer broke the protocol: {error.Message}", error);
    }

    /// <summary>A write failed: the peer may have said why before it went.</summary>
    private async Task<DicomNetworkException> WhyAsync(Exception error, CancellationToken cancel)
    {
        if (error is TimeoutException)
            return new("The peer does not take what it is sent.", error);
        var last = await _upper.NextAsync(TimeSpan.FromSeconds(1), cancel);
        return last is Indication.Aborted or Indication.Rejected ? Failure(last) : new("The connection was lost.", error);
    }

    private static DicomNetworkException Failure(Indication indication) => indication switch
    {
        Indication.Rejected { Rejection: var rejection } => new AssociationRejectedException(rejection),
        Indication.Aborted { Abort: var abort } => new AssociationAbortedException(abort.Source, (AbortReason)abort.Reason),
        Indication.Expired => new("The peer did not answer in time."),
        Indication.ProtocolError { Error: var error } => new($"The peer broke the protocol: {error.Message}", error),
        Indication.Release => new("The peer released the association while an answer was due."),
        _ => new("The connection was lost."),
    };
}
