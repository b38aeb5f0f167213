namespace Gateway.Cli;

/// <summary>How to compose a gateway process.</summary>
public sealed record HostRequest
{
    /// <summary>The data folder.</summary>
    public required string Data { get; init; }

    /// <summary>Addresses of the page and the API; null for those of the configuration.</summary>
    public string? Urls { get; init; }

    /// <summary>Empty for all roles.</summary>
    public IReadOnlyList<GatewayRole> Roles { get; init; } = [];

    /// <summary>Settings as <c>Section:Key</c>; they override files and environment.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public bool Has(GatewayRole role) => Roles.Count == 0 || Roles.Contains(role);
}
