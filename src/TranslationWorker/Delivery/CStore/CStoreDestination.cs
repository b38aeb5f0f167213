using System.ComponentModel.DataAnnotations;
using Gateway.DicomCodecs;
using Gateway.DicomNetwork;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The settings of a C-STORE SCP in an entry of <c>Delivery:Destinations</c>.</summary>
public sealed class CStoreDestination
{
    public const string Section = "Delivery:Destinations:*";

    [Required]
    public string Host { get; init; } = "";

    [Range(1, 65_535)]
    public int Port { get; init; } = 104;

    /// <summary>AE title the peer answers to.</summary>
    [Required, RegularExpression("^[!-~]([ -~]{0,14}[!-~])?$")]
    public string CalledAe { get; init; } = "";

    /// <summary>AE title we call as.</summary>
    [RegularExpression("^[!-~]([ -~]{0,14}[!-~])?$")]
    public string CallingAe { get; init; } = "GATEWAY";

    /// <summary>TLS settings of the peer (PS3.15 B.12); null: plain TCP.</summary>
    [ValidateObjectMembers]
    public DicomClientTlsOptions? Tls { get; init; }

    /// <summary>Whether it is asked to keep safe what it was sent (PS3.4 Annex J). A peer that reports later
    /// does so to our DICOM port, where
    /// it must be a caller.</summary>
    public bool StorageCommitment { get; init; }

    /// <exception cref="DicomNetworkException"><see cref="Tls"/> names files that cannot be used now.</exception>
    internal DicomClient Client(TimeProvider time) => new(
        new DicomClientOptions
        {
            Host = Host,
            Port = Port,
            CalledAe = AeTitle.Parse(CalledAe),
            CallingAe = AeTitle.Parse(CallingAe),
            Decompress = DicomDecoder.Decode,
            Tls = Tls?.For(Host),
        },
        time);
}
