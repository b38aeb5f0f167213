using System.Net;
using System.Net.Sockets;
using Gateway.DicomNetwork;

namespace Gateway.Hostile;

/// <summary>One way to do harm, by as many attackers at once as it has, from an address of their own.</summary>
/// <param name="Attackers">How many at once.</param>
/// <param name="Pause">Between two tries of one attacker.</param>
/// <param name="Once">One try: returns when the listener has had enough, or the siege is over.</param>
internal sealed record Attack(string Name, string What, int Attackers, TimeSpan Pause, Func<ListenerProcess, CancellationToken, Task> Once)
{
    private static readonly IPAddress From = IPAddress.Parse("127.0.0.2");
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);
    private static readonly byte[] Block = new byte[1 << 16];

    public static IReadOnlyList<Attack> All { get; } =
    [
        new("half-open", "100 connections that say nothing", 100, Short, (listener, cancel) => HoldAsync(listener.DicomPort, [], cancel)),
        new("slow-loris", "20 objects and 80 requests, a byte a second each", 100, Short, DripAsync),
        new("length", "PDUs of 0xFFFFFFFF bytes, 20 callers, 80 calls/s at most", 20, Short, (listener, cancel) => AnnounceAsync(
            listener, [4, 0, 0xFF, 0xFF, 0xFF, 0xFF], 0, cancel)),
        new("512 MB", "announced and sent before any association, 8 callers", 8, Short, (listener, cancel) => AnnounceAsync(
            listener, [1, 0, 0x20, 0, 0, 0], 512 << 20, cancel)),
        new("release", "collisions and releases nobody asked for, 10 callers, 40 associations/s at most", 10, Short, (listener, cancel) =>
            AssociateAsync(
                listener, [.. PduWriter.ReleaseRequest(), .. PduWriter.ReleaseResponse(), .. PduWriter.ReleaseRequest()], cancel)),
        new("abort", "in the middle of an object, 10 callers, 40 associations/s at most", 10, Short, (listener, cancel) => AssociateAsync(
            listener,
            [.. Sender.StoreCommand(0), .. Sender.Data(command: false, last: false, Block), .. PduWriter.Abort(new(0, 0))], cancel)),
        new("tls", "100 handshakes that freeze after half a ClientHello", 100, Short, (listener, cancel) => HoldAsync(
            listener.TlsPort, [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3], cancel)),
    ];

    public List<Task> Start(ListenerProcess listener, CancellationToken cancel) =>
        [.. Enumerable.Range(0, Attackers).Select(_ => Task.Run(() => RepeatAsync(listener, cancel), CancellationToken.None))];

    private async Task RepeatAsync(ListenerProcess listener, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await Once(listener, cancel);
                await Task.Delay(Pause, cancel);
            }
            catch (Exception over) when (over is OperationCanceledException or IOException or SocketException)
            {
                await Task.Delay(Pause, CancellationToken.None);    // closed by the listener, as it should be: again
            }
        }
    }

    private static async Task HoldAsync(int port, byte[] said, CancellationToken cancel)
    {
        await using var stream = await Sender.ConnectAsync(port, From, cancel);
        await stream.WriteAsync(said, cancel);
        await HearOutAsync(stream, cancel);
    }

    private static int _drips;

    /// <summary>One in five drips an object on an association, the others their association request.</summary>
    private static async Task DripAsync(ListenerProcess listener, CancellationToken cancel)
    {
        await using var stream = await Sender.ConnectAsync(listener.DicomPort, From, cancel);
        var inObject = Interlocked.Increment(ref _drips) % 5 == 0;
        if (inObject)
        {
            await stream.WriteAsync(Sender.Request, cancel);
            await Sender.ReadAsync(stream, cancel);
            await stream.WriteAsync(Sender.StoreCommand(0), cancel);
        }

        foreach (var drop in Sender.Request)
        {
            await stream.WriteAsync(inObject ? Sender.Data(command: false, last: false, [drop]) : [drop], cancel);
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        }
    }

    private static async Task AnnounceAsync(ListenerProcess listener, byte[] header, int length, CancellationToken cancel)
    {
        await using var stream = await Sender.ConnectAsync(listener.DicomPort, From, cancel);
        await stream.WriteAsync(header, cancel);
        for (var sent = 0; sent < length; sent += Block.Length)
            await stream.WriteAsync(Block, cancel);
        await HearOutAsync(stream, cancel);
    }

    private static async Task AssociateAsync(ListenerProcess listener, byte[] then, CancellationToken cancel)
    {
        await using var stream = await Sender.ConnectAsync(listener.DicomPort, From, cancel);
        await stream.WriteAsync(Sender.Request, cancel);
        await Sender.ReadAsync(stream, cancel);
        await stream.WriteAsync(then, cancel);
        await HearOutAsync(stream, cancel);
    }

    /// <summary>Until the listener closes.</summary>
    private static Task HearOutAsync(NetworkStream stream, CancellationToken cancel) => stream.CopyToAsync(Stream.Null, cancel);
}
