using System.Net;
using System.Net.Sockets;

namespace Gateway.Receive;

/// <summary>The least a durable receiver can do: the same PDUs, one hash, a file flushed, renamed, its folder flushed, and 256 bytes
/// appended to a log and flushed. No state machine, no time-outs, no database.</summary>
internal static class FloorServer
{
    public static async Task RunAsync(int port, string folder, CancellationToken cancel)
    {
        using var log = new FloorLog(folder + ".log");
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start(backlog: 128);
        Console.WriteLine("READY");
        while (!cancel.IsCancellationRequested)
        {
            var socket = await listener.AcceptSocketAsync(cancel);
            new Thread(() => Serve(socket, folder, log)) { IsBackground = true }.Start();
        }
    }

    private static void Serve(Socket socket, string folder, FloorLog log)
    {
        using var association = new FloorAssociation(socket, folder, log);
        try
        {
            association.Run();
        }
        catch (Exception gone) when (gone is SocketException or IOException)
        {
            Console.Error.WriteLine(gone.Message);
        }
    }
}
