using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.DicomNetwork;
using Microsoft.Extensions.Options;

namespace Gateway.DicomListener;

/// <summary>A peer that may associate (PS3.8 §7.1.1): its title, its address and, where one is set, its TLS
/// subject must match. Quiet times that
/// are set here replace the general ones.</summary>
public sealed class CallerOptions : IValidatableObject
{
    /// <summary>Its calling AE title (PS3.8 §9.3.2): 1 to 16 printable ASCII characters without a backslash.</summary>
    [Required]
    public string AeTitle { get; init; } = "";

    /// <summary>The network of its presentation address (PS3.8 §7.1.1.7), <c>10.1.2.0/24</c>.</summary>
    [Required]
    public string Cidr { get; init; } = "";

    /// <summary>Where it listens for storage commitment reports (PS3.4 §J.3.3), <c>10.1.2.3:104</c> or a name and a port. Without it the
    /// report follows on the association that asked.</summary>
    [RegularExpression("^[A-Za-z0-9.-]{1,253}:[0-9]{1,5}$")]
    public string? ReportTo { get; init; }

    /// <summary>TLS settings for <see cref="ReportTo"/> (PS3.15 §B.12); null: plain TCP.</summary>
    [ValidateObjectMembers]
    public DicomClientTlsOptions? ReportTls { get; init; }

    /// <summary>Distinguished name of its certificate (PS3.15 §B.12), <c>CN=scanner-1, O=Hospital</c>; if one is set, the peer may come
    /// to the TLS port only.</summary>
    public string? TlsSubject { get; init; }

    /// <inheritdoc cref="CompletionOptions.ReleasedQuiet"/>
    public TimeSpan? ReleasedQuiet { get; init; }

    /// <inheritdoc cref="CompletionOptions.AbortedQuiet"/>
    public TimeSpan? AbortedQuiet { get; init; }

    /// <inheritdoc cref="CompletionOptions.IdleForced"/>
    public TimeSpan? IdleForced { get; init; }

    /// <summary>Whether what it sends goes before others, by its C-STORE's priority (PS3.7 §9.1.1) or in any case.</summary>
    public CallerUrgency Urgency { get; init; }

    /// <summary>Which of its statements on the number of images in a study is trusted; C-STORE itself (PS3.7 §9.1.1) has no such number.
    /// None by default: a wrong count, or one sent series by series, cuts studies in two, and it saves only the short quiet time.</summary>
    public ExpectedCountSources ExpectedCount { get; init; }

    /// <summary>How many images the study has, as this image says; null when it does not say so, or is not trusted.</summary>
    internal int? ExpectedInStudy(ScannedHeader header) =>
        ExpectedCount.HasFlag(ExpectedCountSources.StudyRelatedInstances)
        && header.GetInteger(HeaderTag.NumberOfStudyRelatedInstances) is { } count and > 0 ? count : null;

    /// <summary><see cref="ReportTo"/> in its two parts.</summary>
    internal (string Host, int Port) ReportAddress()
    {
        var colon = ReportTo!.LastIndexOf(':');
        return (ReportTo[..colon], int.Parse(ReportTo.AsSpan(colon + 1), CultureInfo.InvariantCulture));
    }

    /// <summary>The settings that are no AE title (PS3.5 §6.2), no network or no name.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!DicomNetwork.AeTitle.TryParse(AeTitle, out _))
            yield return new ValidationResult(
                "A caller's AeTitle is 1 to 16 printable ASCII characters without a backslash.", [nameof(AeTitle)]);
        if (!IPNetwork.TryParse(Cidr, out _))
            yield return new ValidationResult("A caller's Cidr is a network such as 10.1.2.0/24.", [nameof(Cidr)]);
        if (TlsSubject is not null && Normal(TlsSubject) is null)
            yield return new ValidationResult(
                "A caller's TlsSubject is a distinguished name such as CN=scanner-1, O=Hospital.", [nameof(TlsSubject)]);
    }

    /// <summary>The presentation address (PS3.8 §7.1.1.7) is in its network.</summary>
    public bool ComesFrom(IPAddress remote) => IPNetwork.Parse(Cidr).Contains(remote);

    /// <summary>Whether the peer has shown the certificate that is asked of it, if one is (PS3.15 §B.12).</summary>
    /// <param name="subject">Null: it has shown none.</param>
    public bool HasSubject(string? subject) => TlsSubject is null || (subject is not null && Normal(subject) == Normal(TlsSubject));

    /// <summary>The name in one canonical spelling; null if it is not a distinguished name.</summary>
    private static string? Normal(string name)
    {
        try
        {
            return name.Length == 0 ? null : new X500DistinguishedName(name).Decode(X500DistinguishedNameFlags.Reversed);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
