using System.Buffers;
using Microsoft.Extensions.Logging;

namespace Gateway.DicomNetwork;

/// <summary>Puts messages together from PDVs and performs them, one at a time (PS3.7 §7 and §9; asynchronous window 1).</summary>
internal sealed partial class DimsePerformer(
    UpperLayer upper,
    IStoreSession session,
    IReadOnlyDictionary<byte, AcceptedContext> contexts,
    uint peerMaxPduLength,
    ILogger logger) : IAsyncDisposable
{
    private readonly ArrayBufferWriter<byte> _command = new(512);
    private readonly CommitmentPerformer? _commitment =
        session is IStorageCommitmentSession commitment ? new(upper, commitment, peerMaxPduLength) : null;

    private byte _contextId;
    private CommandSet? _awaitingDataSet;
    private IStoreSink? _sink;
    private StoreReply? _failed;

    /// <summary>A message has begun and is not yet answered.</summary>
    public bool IsBusy => _command.WrittenCount > 0 || _awaitingDataSet is not null;

    /// <summary>The body of one P-DATA-TF.</summary>
    /// <exception cref="PduException">The peer broke the protocol.</exception>
    public async ValueTask HandleAsync(ReadOnlySequence<byte> body, CancellationToken cancel)
    {
        do
        {
            var pdv = Pdv.Take(ref body);
            if (!contexts.TryGetValue(pdv.ContextId, out var context))
                throw new PduException(AbortReason.InvalidPduParameterValue, "A PDV for a presentation context that was not accepted.");
            if (IsBusy && pdv.ContextId != _contextId)
                throw new PduException(AbortReason.UnexpectedPduParameter, "A message changes its presentation context.");
            if (pdv.IsCommand != (_awaitingDataSet is null))
                throw new PduException(AbortReason.UnexpectedPduParameter, "Command and data set PDVs are out of order.");

            _contextId = pdv.ContextId;
            if (pdv.IsCommand)
                await TakeCommandAsync(pdv, context, cancel);
            else
                await TakeDataSetAsync(pdv, cancel);
        }
        while (!body.IsEmpty);
    }

    /// <summary>Reports what storage commitment has come to know meanwhile; a message under way goes first.</summary>
    public ValueTask ReportAsync() => IsBusy || _commitment is null ? default : _commitment.ReportAsync(default);

    public ValueTask DisposeAsync() => _sink is { } sink ? sink.DisposeAsync() : default;

    private async ValueTask TakeCommandAsync(Pdv pdv, AcceptedContext context, CancellationToken cancel)
    {
        if (_command.WrittenCount + pdv.Data.Length > CommandSet.MaxLength)
            throw new PduException(AbortReason.InvalidPduParameterValue, "The command set is too long.");
        foreach (var segment in pdv.Data)
            _command.Write(segment.Span);
        if (!pdv.IsLast)
            return;

        var command = CommandSet.Parse(_command.WrittenSpan);
        _command.ResetWrittenCount();
        if ((command.Field & CommandField.Response) != 0)
            await TakeResponseAsync(command);
        else if (command.Field != CommandField.CancelRequest)    // what that would cancel is answered already
            await BeginAsync(command, context, cancel);
    }

    private async ValueTask TakeResponseAsync(CommandSet response)
    {
        if (response.HasDataSet || _commitment is null || !await _commitment.TryTakeResponseAsync(response))
            throw new PduException(AbortReason.UnexpectedPduParameter, "A response to nothing that was asked.");
    }

    private async ValueTask BeginAsync(CommandSet command, AcceptedContext context, CancellationToken cancel)
    {
        switch (command.Field)
        {
            case CommandField.EchoRequest:
                break;
            case CommandField.StoreRequest when SopClasses.IsStorage(context.AbstractSyntax):
                await BeginStoreAsync(command, context, cancel);
                break;
            case CommandField.ActionRequest or CommandField.EventReportRequest when context.AbstractSyntax == StorageCommitment.SopClassUid:
                _failed = CommitmentPerformer.Refuse(command);
                _sink = _failed is null ? _commitment!.Begin(command, context, cancel) : null;
                break;
            default:
                _failed = new(DimseStatus.UnrecognizedOperation);
                break;
        }

        if (command.HasDataSet)
            _awaitingDataSet = command;
        else
            await FinishAsync(command);
    }

    private async ValueTask BeginStoreAsync(CommandSet command, AcceptedContext context, CancellationToken cancel)
    {
        if (!command.HasDataSet)
        {
            _failed = new(DimseStatus.CannotUnderstand, "C-STORE without a data set.");
        }
        else if (command.AffectedSopClassUid != context.AbstractSyntax)
        {
            _failed = new(DimseStatus.SopClassNotSupported, "Not the presentation context's SOP class.");
        }
        else
        {
            Uid? sopClass = Uid.TryParse(command.AffectedSopClassUid, out var uid) ? uid : null;
            Uid? sopInstance = Uid.TryParse(command.AffectedSopInstanceUid, out uid) ? uid : null;
            var request = new StoreRequest(sopClass, sopInstance, context.TransferSyntax) { IsHigh = command.IsHigh };
            await GuardAsync(async () => _sink = await session.BeginAsync(request, cancel));
        }
    }

    private async ValueTask TakeDataSetAsync(Pdv pdv, CancellationToken cancel)
    {
        if (_sink is { } sink && _failed is null && pdv.Data.Length > 0)
            await GuardAsync(() => sink.WriteAsync(pdv.Data, cancel));
        if (pdv.IsLast)
            await FinishAsync(_awaitingDataSet!);
    }

    private async ValueTask FinishAsync(CommandSet command)
    {
        var reply = _failed ?? StoreReply.Success;
        if (_sink is { } sink)
        {
            if (_failed is null)
                await GuardAsync(async () => reply = await sink.CompleteAsync());
            reply = _failed ?? reply;
        }

        if (_failed is { } refusal && command.Field == CommandField.StoreRequest)
            await GuardAsync(() => session.RefusedAsync(refusal));
        if (_sink is not null)
            await GuardAsync(_sink.DisposeAsync);    // too late to change the answer that CompleteAsync gave

        (_awaitingDataSet, _sink, _failed) = (null, null, null);
        await DimseWriter.WriteAsync(upper, _contextId, Response(command, reply), peerMaxPduLength, default);
        if (_commitment is not null)
            await _commitment.ReportAsync(default);
    }

    private static CommandSet Response(CommandSet request, StoreReply reply) => new()
    {
        Field = request.Field | CommandField.Response,
        MessageIdRespondedTo = request.MessageId,
        AffectedSopClassUid = request.AffectedSopClassUid ?? request.RequestedSopClassUid,
        AffectedSopInstanceUid = request.AffectedSopInstanceUid ?? request.RequestedSopInstanceUid,
        HasDataSet = false,
        Status = reply.Status,
        ErrorComment = reply.Comment,
    };

    private async ValueTask GuardAsync(Func<ValueTask> application)
    {
        try
        {
            await application();
        }
        catch (Exception error)
        {
            LogFailed(error);
            _failed = new(DimseStatus.ProcessingFailure);
        }
    }

    [LoggerMessage(EventId = 1005, Level = LogLevel.Error, Message = "An object could not be taken; answered 0110")]
    private partial void LogFailed(Exception error);
}
