using System.Net;
using System.Net.Sockets;

namespace Gateway.Harness;

/// <summary>TCP ports on loopback that nothing listens on.</summary>
public static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
