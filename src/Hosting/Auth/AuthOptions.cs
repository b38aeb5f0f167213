namespace Gateway.Hosting;

/// <summary>The <c>Auth</c> section of the configuration.</summary>
public sealed class AuthOptions
{
    public const string Section = "Auth";

    public AuthMode Mode { get; init; } = AuthMode.None;

    /// <summary>Header in which the proxy says who is calling; it must overwrite what callers send.</summary>
    public string UserHeader { get; init; } = "X-Forwarded-User";

    /// <summary>Header in which the proxy lists the person's roles, separated by commas; it too must overwrite what callers send.</summary>
    public string RolesHeader { get; init; } = "X-Forwarded-Groups";

    /// <summary>Role that a person needs to release a held series, and for everything else that changes something. Empty: everybody whom
    /// the proxy lets in may.</summary>
    public string ReleaseRole { get; init; } = "";

    /// <summary>Names the web server may be called by, beside those of loopback.</summary>
    public List<string> AllowedHosts { get; init; } = [];
}
