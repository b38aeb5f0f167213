using System.Net;
using System.Net.Sockets;

namespace Gateway.Cli;

/// <summary>Finds ports for a demo that nothing else on the machine uses.</summary>
internal static class FreePort
{
    /// <summary>The given port if nobody listens on it, else one that the system chooses.</summary>
    public static int Or(int preferred)
    {
        try
        {
            return Take(preferred);
        }
        catch (SocketException)
        {
            return Take(0);
        }
    }

    private static int Take(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
