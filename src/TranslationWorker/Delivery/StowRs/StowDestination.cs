using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using System.Text;
using Gateway.DicomNetwork;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The settings of a DICOMweb origin server in an entry of <c>Delivery:Destinations</c>.</summary>
public sealed class StowDestination : IValidatableObject
{
    public const string Section = "Delivery:Destinations:*";

    /// <summary>Base of its Studies Service (PS3.18 10.1): <c>/studies</c> comes after it.</summary>
    [Required]
    public string Url { get; init; } = "";

    /// <summary>Token of <c>Authorization: Bearer</c> (RFC 6750).</summary>
    public string? BearerToken { get; init; }

    /// <summary>File that holds the token; read anew for each series, so that whatever renews it may write it.</summary>
    public string? BearerTokenFile { get; init; }

    /// <summary>User of <c>Authorization: Basic</c> (RFC 7617).</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>File that holds the password; read anew for each series.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>TLS settings of the peer; null: public authorities are trusted, and no certificate is shown.</summary>
    [ValidateObjectMembers]
    public DicomClientTlsOptions? Tls { get; init; }

    /// <summary>For the answer, and for the peer to take the next bytes of a request.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many MiB of files one request holds; at least one file. A peer that wants less says so with 413.</summary>
    [Range(1, 65_536)]
    public int RequestMebibytes { get; init; } = 128;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
            yield return new("Url is an address that begins with http:// or https:// and holds no password.", [nameof(Url)]);
        else if (url.Scheme == "http" && !url.IsLoopback && (IsBearer || User is not null))
            yield return new("Url is https:// where a token or a password is sent to another machine.", [nameof(Url)]);
        else if (url.Scheme == "http" && Tls is not null)
            yield return new("Url is https:// where Tls is set.", [nameof(Url)]);
        if ((BearerToken is null ? 0 : 1) + (BearerTokenFile is null ? 0 : 1) + (User is null ? 0 : 1) > 1)
            yield return new("One of BearerToken, BearerTokenFile and User is set, or none.", [nameof(BearerToken)]);
        if (User is not null && Password is null == PasswordFile is null)
            yield return new("User comes with Password or with PasswordFile.", [nameof(User)]);
        if (User is null && (Password is not null || PasswordFile is not null))
            yield return new("Password comes with User.", [nameof(Password)]);
        if (BearerTokenFile is not null && !File.Exists(BearerTokenFile))
            yield return new("BearerTokenFile is a file.", [nameof(BearerTokenFile)]);
        if (PasswordFile is not null && !File.Exists(PasswordFile))
            yield return new("PasswordFile is a file.", [nameof(PasswordFile)]);
    }

    /// <summary>For one series, with the files of credentials as they are now. It follows no redirection, which would take patients and
    /// passwords elsewhere, keeps no cookie, and uses no proxy.</summary>
    /// <exception cref="IOException">A file of credentials cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    /// <exception cref="DicomNetworkException"><see cref="Tls"/> names files that cannot be used now.</exception>
    internal HttpClient Client()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            Expect100ContinueTimeout = TimeSpan.FromSeconds(1),
        };
        if (Tls is not null)
            handler.SslOptions = Tls.For(new Uri(Url).Host);
        var client = new HttpClient(handler)
        {
            BaseAddress = new($"{Url.TrimEnd('/')}/"),
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Authorization = Credentials();
        client.DefaultRequestHeaders.Accept.Add(new("application/dicom+json"));
        return client;
    }

    private bool IsBearer => BearerToken is not null || BearerTokenFile is not null;

    private AuthenticationHeaderValue? Credentials()
    {
        if (IsBearer)
            return new("Bearer", BearerToken ?? Secret(BearerTokenFile!));
        return User is null
            ? null
            : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password ?? Secret(PasswordFile!)}")));
    }

    /// <summary>Editors end a file with a line break, which is no part of a secret.</summary>
    private static string Secret(string file) => File.ReadAllText(file).TrimEnd('\r', '\n');
}
