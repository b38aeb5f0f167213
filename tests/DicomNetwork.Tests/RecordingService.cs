using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Gateway.DicomNetwork.Tests;

/// <summary>An application that keeps what it is sent in memory and notes how associations end.</summary>
internal sealed class RecordingService : IDicomService
{
    private readonly Channel<AssociationEnd> _ends = Channel.CreateUnbounded<AssociationEnd>();

    public ConcurrentQueue<ReceivedObject> Stored { get; } = [];

    public int Abandoned;

    /// <summary>Failures that no sink answered.</summary>
    public ConcurrentQueue<StoreReply> Refused { get; } = [];

    /// <summary>Null accepts.</summary>
    public Func<AssociationRequest, AssociationRejection?> Policy { get; init; } = _ => null;

    public Func<ReceivedObject, ValueTask<StoreReply>> Reply { get; init; } = _ => new(StoreReply.Success);

    public Action<long> OnFragment { get; init; } = _ => { };

    public ValueTask<AssociationReply> OpenAsync(AssociationRequest request, CancellationToken cancel) =>
        new(Policy(request) is { } rejection ? AssociationReply.Reject(rejection) : AssociationReply.Accept(new Session(this)));

    public async Task<AssociationEnd> NextEndAsync() => await _ends.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>How the association ended, where one has.</summary>
    public AssociationEnd? End => _ends.Reader.TryRead(out var end) ? end : null;

    private sealed class Session(RecordingService owner) : IStoreSession
    {
        public ValueTask<IStoreSink> BeginAsync(StoreRequest request, CancellationToken cancel) => new(new Sink(owner, request));

        public ValueTask RefusedAsync(StoreReply reply)
        {
            owner.Refused.Enqueue(reply);
            return default;
        }

        public ValueTask EndAsync(AssociationEnd end, TimeSpan silence) => owner._ends.Writer.WriteAsync(end);
    }

    private sealed class Sink(RecordingService owner, StoreRequest request) : IStoreSink
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();
        private readonly HeaderScan _scan = new(request.TransferSyntaxUid);
        private bool _complete;

        public ValueTask WriteAsync(ReadOnlySequence<byte> fragment, CancellationToken cancel)
        {
            foreach (var segment in fragment)
                _bytes.Write(segment.Span);
            _scan.Feed(fragment);
            owner.OnFragment(_bytes.WrittenCount);
            return default;
        }

        public async ValueTask<StoreReply> CompleteAsync()
        {
            _complete = true;
            var received = new ReceivedObject(request, _bytes.WrittenSpan.ToArray(), _scan.Complete());
            var reply = await owner.Reply(received);
            if (reply.Status == DimseStatus.Success)
                owner.Stored.Enqueue(received);
            return reply;
        }

        public ValueTask DisposeAsync()
        {
            _scan.Dispose();
            if (!_complete)
                Interlocked.Increment(ref owner.Abandoned);
            return default;
        }
    }
}
