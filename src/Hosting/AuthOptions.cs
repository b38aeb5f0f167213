namespace Gateway.Hosting;

/// <summary>The <c>Auth</c> section of the configuration.</summary>
public sealed class AuthOptions
{
    public const string Section = "Auth";

    public AuthMode Mode { get; init; } = AuthMode.None;
}
