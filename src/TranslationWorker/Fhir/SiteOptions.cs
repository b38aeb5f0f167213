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

    /// <summary>Station Name (0008,1010) of derived series, by which archives and viewers tell where they come from.</summary>
    [Required, RegularExpression(@"^[ -\[\]-~]{1,16}$")]
    public string StationName { get; init; } = "GATEWAY";

    /// <summary>IANA name of the time zone of the scanners' clocks, e.g. <c>Europe/Vienna</c>; null when it is not known.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Null when it is not known.</summary>
    public TimeZoneInfo? Zone => TimeZone is { } name ? TimeZoneInfo.FindSystemTimeZoneById(name) : null;

    /// <summary>What tells this gateway from every other: Device Serial Number (0018,1000), and id of its FHIR Device.</summary>
    public string SerialNumber => NameBasedUuid.Create(NameBasedUuid.Gateway, "device|" + Organization).ToString();
}
