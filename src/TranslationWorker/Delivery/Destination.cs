using System.ComponentModel.DataAnnotations;

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
}
