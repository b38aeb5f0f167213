using System.Net.Security;

namespace Gateway.DicomNetwork;

/// <summary>One peer to send to, and how patient to be with it (PS3.8 §7.1).</summary>
public sealed record DicomClientOptions
{
    /// <summary>Name or address of the peer (PS3.8 §9.1).</summary>
    public required string Host { get; init; }

    /// <summary>Its port (PS3.8 §9.1.1).</summary>
    public required int Port { get; init; }

    /// <summary>Its title (PS3.8 §9.3.2).</summary>
    public required AeTitle CalledAe { get; init; }

    /// <summary>Ours (PS3.8 §9.3.2).</summary>
    public required AeTitle CallingAe { get; init; }

    /// <summary>For the TCP connection, and TLS where it is used (PS3.8 §9.1).</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For the answer to A-ASSOCIATE-RQ and A-RELEASE-RQ (PS3.8 §9.1.5).</summary>
    public TimeSpan AssociationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the answer to a message, and for the peer to take a PDU (PS3.7 §7).</summary>
    public TimeSpan DimseTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest PDU sent and taken, in bytes; the peer's own limit is kept as well (PS3.8 §D.1).</summary>
    public uint MaxPduLength { get; init; } = 131_072;

    /// <summary>Whether what is stored is asked to be dealt with before other things: Priority (0000,0700) high (PS3.7 §9.1.1).</summary>
    public bool IsHigh { get; init; }

    /// <summary>Gives a data set with native pixel data out of one whose pixel data are compressed (PS3.5 §A.4), for a peer that takes no
    /// compressed transfer syntax; throws a <see cref="DicomException"/> that says why where it cannot. Null: compressed files go as they
    /// are or not at all.</summary>
    public Func<DicomDataset, DicomDataset>? Decompress { get; init; }

    /// <summary>Null: plain TCP (PS3.15 §B.12).</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }
}
