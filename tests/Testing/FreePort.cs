using System.Net;
using System.Net.Sockets;

namespace Gateway.Testing;

/// <summary>TCP ports on loopback that nothing listens on, below those that the system hands out to whoever connects: none of those can
/// take one between here and its use.</summary>
public static class FreePort
{
    private const int First = 10_000;
    private const int Count = 20_000;

    private static int _next = Random.Shared.Next(Count);

    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (IsFree(port))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
