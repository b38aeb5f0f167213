using System.ComponentModel.DataAnnotations;
using Gateway.DicomNetwork;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>One C-STORE SCP that takes derived series.</summary>
public sealed class Destination
{
    [Required]
    public string Name { get; init; } = "";

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

    /// <summary>How TLS is spoken to it (PS3.15 B.12); null: it is not.</summary>
    [ValidateObjectMembers]
    public DicomClientTlsOptions? Tls { get; init; }

    /// <summary>Whether it is asked to keep safe what it was sent (PS3.4 Annex J). A peer that reports later does so to our DICOM port, where
    /// it must be a caller.</summary>
    public bool StorageCommitment { get; init; }
}
