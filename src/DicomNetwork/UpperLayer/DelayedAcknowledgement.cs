using System.Net.Sockets;

namespace Gateway.DicomNetwork;

/// <summary>A peer with Nagle's algorithm on, as Debian's dcmtk and Orthanc are, writes a message in two pieces and holds back the second
/// until the first is acknowledged, which Linux puts off for 40 ms: a hundred images take four seconds longer.</summary>
internal static class DelayedAcknowledgement
{
    private const int LinuxTcp = 6;
    private const int LinuxTcpQuickAck = 12;

    /// <summary>Acknowledges at once what comes next. The kernel forgets this, so it is asked for before each read.</summary>
    public static void Avoid(Socket? socket)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            socket?.SetRawSocketOption(LinuxTcp, LinuxTcpQuickAck, [1, 0, 0, 0]);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The read that follows says so better.
        }
    }
}
