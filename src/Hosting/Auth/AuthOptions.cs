namespace Gateway.Hosting;

/// <summary>The <c>Auth</c> section of the configuration.</summary>
public sealed class AuthOptions
{
    public const string Section = "Auth";

    public AuthMode Mode { get; init; } = AuthMode.None;

    /// <summary>Header in which the proxy says who is calling; it must overwrite what callers send.</summary>
    public string UserHeader { get; init; } = "X-Forwarded-User";

    /// <summary>Header in which the proxy says the person's roles, with commas between them; the same holds.</summary>
    public string RolesHeader { get; init; } = "X-Forwarded-Groups";

    /// <summary>Role that releasing a held series takes; empty: whoever the proxy lets in may.</summary>
    public string ReleaseRole { get; init; } = "";
}
