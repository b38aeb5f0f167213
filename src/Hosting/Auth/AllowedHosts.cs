using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>
/// The names this web server may be called by. A page from anywhere can have its own name resolved to this machine (DNS rebinding); the
/// browser then takes our answers for that page's, and only the name in the request gives it away.
/// </summary>
public sealed class AllowedHosts
{
    private readonly HashSet<string>? _names;

    /// <summary>A server on loopback has the names of this machine's loopback, those it listens on and those
    /// of <see cref="AuthOptions.AllowedHosts"/>.
    /// One that others reach may be called by any name as long as that list is empty.</summary>
    public AllowedHosts(IConfiguration configuration, IOptions<AuthOptions> auth)
    {
        var addresses = LoopbackGuard.Addresses(configuration).ToList();
        if (auth.Value.AllowedHosts.Count == 0 && !addresses.TrueForAll(LoopbackGuard.IsLoopback))
            return;
        var listening = addresses.Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host : "")
            .Where(name => name.Length > 0);
        _names = new(["localhost", "127.0.0.1", "[::1]", .. listening, .. auth.Value.AllowedHosts], StringComparer.OrdinalIgnoreCase);
    }

    /// <param name="name">Host of a request without its port; an IPv6 address in brackets. Browsers always send
    /// one: none is a program's.</param>
    public bool Contains(string name) => _names is null || name.Length == 0 || _names.Contains(name);
}
