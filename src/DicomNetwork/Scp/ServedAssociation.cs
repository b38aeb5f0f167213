using System.Net;
using Microsoft.Extensions.Logging;

namespace Gateway.DicomNetwork;

/// <summary>The acceptor's side of one association, from the transport connection to its close.</summary>
internal sealed partial class ServedAssociation(
    UpperLayer upper, IDicomService service, DicomServerOptions options, Peer peer, AssociationCount open, TimeProvider time,
    ILogger logger)
{
    /// <summary>For the peer to hear the abort and close, while a whole process waits.</summary>
    private static readonly TimeSpan CloseWhenStopping = TimeSpan.FromSeconds(1);

    private volatile bool _stopping;
    private volatile bool _cut;

    /// <summary>The server stops: the message under way is finished, then the association is aborted.</summary>
    public void Stop()
    {
        _stopping = true;
        upper.Interrupt();
    }

    /// <summary>The server has waited long enough: the association is aborted within its message, which is not answered.</summary>
    public void Cut()
    {
        _cut = true;
        Stop();
    }

    /// <param name="closed">Fires when the transport connection is gone.</param>
    public async Task RunAsync(CancellationToken closed)
    {
        var first = await FirstAsync();
        if (first is Indication.Associate associate)
            await AssociateAsync(associate.Request, closed);
        else if (first is not Indication.Interrupted)
            LogNoAssociation(peer.Address, first.GetType().Name, ErrorOf(first)?.Message);
        await upper.CloseAsync(_stopping ? CloseWhenStopping : options.ArtimTimeout);
    }

    /// <summary>A server that stops still hears who has just connected, so that it can refuse it.</summary>
    private async ValueTask<Indication> FirstAsync()
    {
        var first = await upper.NextAsync(options.ArtimTimeout, CancellationToken.None);
        return first is Indication.Interrupted && !_cut ? await upper.NextAsync(CloseWhenStopping, CancellationToken.None) : first;
    }

    private static PduException? ErrorOf(Indication first) => first switch
    {
        Indication.ProtocolError broken => broken.Error,
        Indication.Lost lost => lost.Truncated,
        _ => null,
    };

    private async Task AssociateAsync(AssociateRequestPdu request, CancellationToken closed)
    {
        var others = open.Add(1) - 1;
        try
        {
            var reply = await DecideAsync(request, others, closed);
            if (reply.Session is { } session)
                await ServeAsync(request, session, closed);
            else
                await upper.RejectAsync(reply.Rejection);
        }
        finally
        {
            open.Add(-1);
        }
    }

    private async Task<AssociationReply> DecideAsync(AssociateRequestPdu request, int others, CancellationToken closed)
    {
        if ((request.ProtocolVersion & 1) == 0)
            return AssociationReply.Reject(AssociationRejection.ProtocolVersionNotSupported);
        if (request.ApplicationContext != PduWriter.ApplicationContext)
            return AssociationReply.Reject(AssociationRejection.ApplicationContextNotSupported);

        try
        {
            var (calling, called) = (AeTitle.FromWire(request.CallingAe), AeTitle.FromWire(request.CalledAe));
            return await service.OpenAsync(new(calling, called, peer.Address, others, peer.TlsSubject, _stopping), closed);
        }
        catch (Exception error)
        {
            LogNoDecision(error, peer.Address);
            return AssociationReply.Reject(AssociationRejection.TemporaryCongestion);
        }
    }

    private async Task ServeAsync(AssociateRequestPdu request, IStoreSession session, CancellationToken closed)
    {
        var (end, pace) = (AssociationEnd.ConnectionLost, new Pace(options, time));
        try
        {
            var negotiation = new Negotiation(request, session);
            await upper.AcceptAsync(negotiation.Accept(options.MaxPduLength));
            end = await PerformAsync(request, negotiation.Contexts, session, pace, closed);
        }
        catch (IOException)
        {
            end = AssociationEnd.ConnectionLost;
        }
        catch (TimeoutException)
        {
            end = AssociationEnd.TimedOut;
        }
        finally
        {
            await session.EndAsync(end, pace.Silence);
        }
    }

    private async Task<AssociationEnd> PerformAsync(
        AssociateRequestPdu request, IReadOnlyList<NegotiatedContext> answers, IStoreSession session, Pace pace, CancellationToken closed)
    {
        var contexts = request.Contexts.Zip(answers).Where(both => both.Second.Result == NegotiatedContext.Accepted)
            .Select(both => new AcceptedContext(both.First.Id, both.First.AbstractSyntax, both.Second.TransferSyntax))
            .ToDictionary(context => context.Id);
        await using var performer = new DimsePerformer(upper, session, contexts, request.User.MaxPduLength, logger);

        while (true)
        {
            if (_stopping && (_cut || !performer.IsBusy))
            {
                await upper.AbortAsync();
                return AssociationEnd.Stopped;
            }

            var next = await pace.WaitAsync(upper, performer.IsBusy);
            if (await HandleAsync(next, performer, closed) is { } end)
                return end;
        }
    }

    private async ValueTask<AssociationEnd?> HandleAsync(Indication next, DimsePerformer performer, CancellationToken closed)
    {
        switch (next)
        {
            case Indication.Interrupted:
                await performer.ReportAsync();
                return null;
            case Indication.Data data:
                return await PerformAsync(data, performer, closed);
            case Indication.Release:
                await upper.RespondReleaseAsync();
                return AssociationEnd.Released;
            case Indication.Aborted:
                return AssociationEnd.AbortedByPeer;
            case Indication.Expired:
                await upper.AbortAsync();
                return AssociationEnd.TimedOut;
            case Indication.Lost:
                return AssociationEnd.ConnectionLost;
            case Indication.ProtocolError broken:
                LogProtocolError(peer.Address, broken.Error.Message);
                return AssociationEnd.ProtocolError;
            default:
                throw new InvalidOperationException($"{next.GetType().Name} is told to no acceptor.");
        }
    }

    private async ValueTask<AssociationEnd?> PerformAsync(Indication.Data data, DimsePerformer performer, CancellationToken closed)
    {
        try
        {
            await performer.HandleAsync(data.Body, closed);
            return null;
        }
        catch (PduException error)
        {
            LogProtocolError(peer.Address, error.Message);
            await upper.RefuseDataAsync(error);
            return AssociationEnd.ProtocolError;
        }
    }

    [LoggerMessage(
        EventId = 1002, Level = LogLevel.Debug, Message = "{Remote} connected and did not ask for an association: {Indication} {Error}")]
    private partial void LogNoAssociation(IPAddress remote, string indication, string? error);

    [LoggerMessage(
        EventId = 1003, Level = LogLevel.Error, Message = "No decision on the association asked for by {Remote}; refused for now")]
    private partial void LogNoDecision(Exception error, IPAddress remote);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Warning, Message = "Association with {Remote} aborted: {Error}")]
    private partial void LogProtocolError(IPAddress remote, string? error);
}
