using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Gateway.DicomNetwork;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Fuzzing.Targets;

/// <summary>Whole conversations with our SCP: framing, protocol machine, negotiation, messages, the scan of what they bring.</summary>
public sealed class AssociationTarget : FuzzTarget
{
    public override string Name => "association";

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        [.. WireSeeds.Request, .. WireSeeds.Data(3, true, true, WireSeeds.EchoCommand), .. PduWriter.ReleaseRequest()],
        [.. WireSeeds.Request, .. Store(1, DicomTransferSyntax.ExplicitVRLittleEndian), .. PduWriter.ReleaseRequest()],
        [.. WireSeeds.Request, .. Store(7, DicomTransferSyntax.DeflatedExplicitVRLittleEndian), .. PduWriter.Abort(new(0, 0))],
        [.. WireSeeds.Request, .. WireSeeds.Data(5, true, true, WireSeeds.ActionCommand), .. WireSeeds.Data(5, false, true, [1, 2, 3, 4])],
    ];

    public override IReadOnlyList<byte[]> Words => [.. WireSeeds.Words, .. SampleData.Words];

    /// <summary>All in memory, so all on this thread: nothing ever has to be waited for.</summary>
    public override void Run(byte[] input)
    {
        var (service, options) = (new Listener(), new DicomServerOptions());
        using var channel = new PduChannel(PipeReader.Create(new ReadOnlySequence<byte>(input)), Stream.Null, TimeProvider.System);
        var upper = new UpperLayer(channel, requestor: false, new(options.MaxPduLength, options.DimseTimeout), TimeProvider.System);
        var association = new ServedAssociation(
            upper, service, options, new(IPAddress.Loopback, null), new(), TimeProvider.System, NullLogger.Instance);
        association.RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        if (service is { Opened: var opened, Ended: var ended, Sinks: var sinks } && (opened != ended || sinks != 0))
            throw new FuzzException($"{opened} associations opened, {ended} ended, {sinks} objects left open.");
    }

    public override bool IsRefusal(Exception e) => false;

    private static byte[] Store(byte context, DicomTransferSyntax syntax) =>
    [
        .. WireSeeds.Data(context, true, true, WireSeeds.StoreCommand),
        .. WireSeeds.Data(context, false, true, WireSeeds.DataSet(syntax)),
    ];

    private sealed class Listener : IDicomService, IStorageCommitmentSession
    {
        public int Opened { get; private set; }

        public int Ended { get; private set; }

        public int Sinks { get; set; }

        public ValueTask<AssociationReply> OpenAsync(AssociationRequest request, CancellationToken cancel)
        {
            Opened++;
            return new(AssociationReply.Accept(this));
        }

        public ValueTask<IStoreSink> BeginAsync(StoreRequest request, CancellationToken cancel)
        {
            Sinks++;
            return new(new Sink(this, request.TransferSyntaxUid));
        }

        public ValueTask EndAsync(AssociationEnd end, TimeSpan silence)
        {
            Ended++;
            return default;
        }

        public ValueTask<CommitmentReply> ReceiveRequestAsync(CommitmentRequest request, CancellationToken cancel) =>
            new(new CommitmentReply(DimseStatus.ProcessingFailure));

        public ValueTask ReportedAsync(CommitmentResult report, ushort status) => default;

        public ValueTask<ushort> ReceiveReportAsync(CommitmentResult report, CancellationToken cancel) => new(DimseStatus.Success);
    }

    private sealed class Sink(Listener owner, string syntax) : IStoreSink
    {
        private readonly HeaderScan _scan = new(syntax);

        public ValueTask WriteAsync(ReadOnlySequence<byte> fragment, CancellationToken cancel)
        {
            _scan.Feed(fragment);
            return default;
        }

        public ValueTask<StoreReply> CompleteAsync() =>
            new(_scan.Complete().Malformed is null ? StoreReply.Success : new StoreReply(DimseStatus.CannotUnderstand));

        public ValueTask DisposeAsync()
        {
            _scan.Dispose();
            owner.Sinks--;
            return default;
        }
    }
}
