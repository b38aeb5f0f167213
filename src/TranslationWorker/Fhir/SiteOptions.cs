using System.ComponentModel.DataAnnotations;

namespace Gateway.TranslationWorker;

/// <summary>The <c>Gateway</c> section: who runs this gateway, and where.</summary>
public sealed class SiteOptions
{
    public const string Section = "Gateway";

    /// <summary>The organisation that answers for what the gateway makes: Manufacturer (0008,0070) of derived series, and the root of
    /// identifiers nobody else issued.</summary>
    [Required, StringLength(64)]
    public string Organization { get; init; } = "Gateway";

    /// <summary>IANA name of the time zone of the scanners' clocks, e.g. <c>Europe/Vienna</c>; null when it is not known.</summary>
    public string? TimeZone { get; init; }
}
