using System.Buffers;
using System.Net;
using Gateway.DicomListener;
using Gateway.DicomNetwork;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Receive;

/// <summary>The product's protocol, hash, scan and file writing, without what makes them last: nothing is flushed, no row is
/// written.</summary>
internal sealed class BytesServer(string folder) : IDicomService, IStoreSession
{
    public static async Task RunAsync(int port, string folder, CancellationToken cancel)
    {
        var handler = new DicomConnectionHandler(
            new BytesServer(folder), new DicomServerOptions(), TimeProvider.System, NullLogger<DicomConnectionHandler>.Instance);
        using var server = new DicomServer(new IPEndPoint(IPAddress.Loopback, port), handler, NullLoggerFactory.Instance);
        await server.StartAsync(cancel);
        Console.WriteLine("READY");
        await Task.Delay(Timeout.Infinite, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
        await server.StopAsync(CancellationToken.None);
    }

    public ValueTask<AssociationReply> OpenAsync(AssociationRequest request, CancellationToken cancel) =>
        new(AssociationReply.Accept(this));

    public ValueTask<IStoreSink> BeginAsync(StoreRequest request, CancellationToken cancel) => new(new Sink(folder, request));

    public ValueTask EndAsync(AssociationEnd end, TimeSpan silence) => default;

    private sealed class Sink(string folder, StoreRequest request) : IStoreSink
    {
        private readonly string _path = Path.Combine(folder, $"{Guid.CreateVersion7()}.dcm");
        private SpoolFile? _file;

        public ValueTask WriteAsync(ReadOnlySequence<byte> fragment, CancellationToken cancel)
        {
            (_file ??= new(_path, request)).Append(fragment);
            return default;
        }

        public ValueTask<StoreReply> CompleteAsync()
        {
            var (header, sha256) = _file!.Complete();
            if (header.SopInstanceUid != request.SopInstanceUid)
                return new(new StoreReply(DimseStatus.DataSetDoesNotMatchSopClass));
            File.Move(_path, Path.Combine(folder, sha256), overwrite: true);
            return new(StoreReply.Success);
        }

        public ValueTask DisposeAsync()
        {
            _file?.Dispose();
            return default;
        }
    }
}
