using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.DicomNetwork.Tests;

/// <summary>A real DICOM port whose application knows storage commitment and remembers what it was told.</summary>
internal sealed class CommitmentProvider : IDicomService, IAsyncDisposable
{
    private readonly Func<CommitmentRequest, CommitmentReply> _answer;
    private readonly Channel<ushort> _answered = Channel.CreateUnbounded<ushort>();
    private readonly DicomConnectionHandler _handler;
    private readonly DicomServer _server;

    private CommitmentProvider(Func<CommitmentRequest, CommitmentReply> answer)
    {
        _answer = answer;
        _handler = new(this, new(), TimeProvider.System, NullLogger<DicomConnectionHandler>.Instance);
        _server = new(new(IPAddress.Loopback, 0), _handler, NullLoggerFactory.Instance);
    }

    public int Port => _server.Port;

    public ConcurrentQueue<CommitmentRequest> Requests { get; } = [];

    public ConcurrentQueue<CommitmentResult> Reports { get; } = [];

    public static async Task<CommitmentProvider> StartAsync(Func<CommitmentRequest, CommitmentReply>? answer = null)
    {
        var provider = new CommitmentProvider(answer ?? (_ => new(DimseStatus.Success)));
        await provider._server.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public DicomClient Client() => new(
        new() { Host = "127.0.0.1", Port = Port, CalledAe = AeTitle.Parse("GATEWAY"), CallingAe = AeTitle.Parse("SCANNER") },
        TimeProvider.System);

    /// <summary>A peer in memory. What it sends has been performed when the send returns, where a socket only says that it left.</summary>
    public RawPeer ConnectInMemory()
    {
        var (said, answered) = (new Pipe(new(pauseWriterThreshold: 1, resumeWriterThreshold: 1)), new Pipe());
        var (ours, theirs) = (new Transport(said.Reader, answered.Writer), new Transport(answered.Reader, said.Writer));
        _ = _handler.OnConnectedAsync(new DefaultConnectionContext("in memory", ours, theirs));
        return RawPeer.Over(new DuplexPipeStream(theirs));
    }

    /// <summary>What the peer said to the report it was sent.</summary>
    public async Task<ushort> AnswerToReportAsync() => await _answered.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public ValueTask<AssociationReply> OpenAsync(AssociationRequest request, CancellationToken cancel) =>
        new(AssociationReply.Accept(new Session(this)));

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Session(CommitmentProvider owner) : IStorageCommitmentSession
    {
        public ValueTask<IStoreSink> BeginAsync(StoreRequest request, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask EndAsync(AssociationEnd end, TimeSpan silence) => default;

        public ValueTask<CommitmentReply> ReceiveRequestAsync(CommitmentRequest request, CancellationToken cancel)
        {
            owner.Requests.Enqueue(request);
            return new(owner._answer(request));
        }

        public ValueTask ReportedAsync(CommitmentResult report, ushort status) => owner._answered.Writer.WriteAsync(status);

        public ValueTask<ushort> ReceiveReportAsync(CommitmentResult report, CancellationToken cancel)
        {
            owner.Reports.Enqueue(report);
            return new(DimseStatus.Success);
        }
    }
}
