namespace Gateway.Cli;

/// <summary>How to compose a gateway process.</summary>
public sealed record HostRequest
{
    /// <summary>The data folder.</summary>
    public required string Data { get; init; }

    /// <summary>Addresses of the page and the API; the configuration's when null.</summary>
    public string? Urls { get; init; }

    /// <summary>Every role when empty.</summary>
    public IReadOnlyList<GatewayRole> Roles { get; init; } = [];

    /// <summary>Settings that win over files and environment, <c>Section:Key</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public bool Has(GatewayRole role) => Roles.Count == 0 || Roles.Contains(role);
}
