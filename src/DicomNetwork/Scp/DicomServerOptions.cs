using System.ComponentModel.DataAnnotations;

namespace Gateway.DicomNetwork;

/// <summary>Limits and time-outs of an SCP. Each is there because some peer, one day, will not stop by itself (PS3.8 §9.1).</summary>
public sealed class DicomServerOptions
{
    /// <summary>Where the limits of an SCP (PS3.8 §9.1) lie in the configuration.</summary>
    public const string Section = "Dicom";

    /// <summary>Largest PDU we accept, in bytes; also the most memory one unread PDU may hold (PS3.8 §D.1).</summary>
    [Range(4_096, 1_048_576)]
    public uint MaxPduLength { get; init; } = 131_072;

    /// <summary>Connections held at once, associated or not; one more is closed at once (PS3.8 §9.1).</summary>
    [Range(1, 100_000)]
    public int MaxConnections { get; init; } = 256;

    /// <summary>The same, from one address (PS3.8 §9.1).</summary>
    [Range(1, 100_000)]
    public int MaxConnectionsPerAddress { get; init; } = 128;

    /// <summary>ARTIM (PS3.8 §9.1.5): for the association request to come, and for the peer to close.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan ArtimTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two messages (PS3.8 §7.3).</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "24:00:00")]
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For each PDU inside a message, and for the peer to read a PDU of ours (PS3.8 §7.3).</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "24:00:00")]
    public TimeSpan DimseTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For the messages under way when the server stops; what has not come by then is aborted unanswered, and the peer sends it
    /// again (PS3.8 §7.3).</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes per second that a message must bring once it has been waited for longer than <see cref="DimseTimeout"/> in all: a
    /// peer that sends a little before each time-out is aborted. 0 sets no pace (PS3.8 §7.3).</summary>
    [Range(0, 1_000_000_000)]
    public int MinimumRate { get; init; } = 1_024;
}
