using System.Net.Security;

namespace Gateway.DicomNetwork;

/// <summary>One peer to send to, and how patient to be with it.</summary>
public sealed record DicomClientOptions
{
    public required string Host { get; init; }
    public required int Port { get; init; }
    public required AeTitle CalledAe { get; init; }
    public required AeTitle CallingAe { get; init; }

    /// <summary>For the TCP connection, and TLS where it is used.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For the answer to A-ASSOCIATE-RQ and A-RELEASE-RQ.</summary>
    public TimeSpan AssociationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the answer to a message, and for the peer to take a PDU.</summary>
    public TimeSpan DimseTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest PDU sent and taken, in bytes; the peer's own limit is kept as well.</summary>
    public uint MaxPduLength { get; init; } = 131_072;

    /// <summary>Gives a data set with native pixel data out of one whose pixel data are compressed (PS3.5 §A.4), for a peer that takes no
    /// compressed transfer syntax; throws a <see cref="DicomException"/> that says why where it cannot. Null: compressed files go as they are or
    /// not at all.</summary>
    public Func<DicomDataset, DicomDataset>? Decompress { get; init; }

    /// <summary>Null: plain TCP.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }
}
