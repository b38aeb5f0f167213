using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>
/// Refuses to start a web server that others can reach while nobody checks who calls. It does not look at the DICOM port,
/// which has its own list of callers.
/// </summary>
public sealed class LoopbackGuard(IConfiguration configuration, IOptions<AuthOptions> auth) : IHostedLifecycleService
{
    /// <exception cref="InvalidOperationException">An address beyond loopback, and <c>Auth:Mode</c> is None.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        return Fault(configuration, auth.Value) is { } fault ? throw new InvalidOperationException(fault) : Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Why it may not listen where it is told to; null: it may.</summary>
    internal static string? Fault(IConfiguration configuration, AuthOptions auth) =>
        auth.Mode == AuthMode.None && Addresses(configuration).FirstOrDefault(address => !IsLoopback(address)) is { } open
            ? $"Refusing to listen on {open}: it is reachable from other machines and Auth:Mode is None."
            : null;

    /// <summary>Whether a Kestrel address (<c>http://host:port</c>) is reachable from this machine alone.</summary>
    public static bool IsLoopback(string address)
    {
        if (address.StartsWith("http://unix:/", StringComparison.OrdinalIgnoreCase))
            return true;

        // Kestrel takes * and + and any host name that is not an address for "every interface".
        return Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
    }

    // All the places where ASP.NET Core looks for addresses.
    internal static IEnumerable<string> Addresses(IConfiguration configuration) =>
        Split(configuration["urls"])
            .Concat(Split(configuration["http_ports"]).Select(port => $"http://*:{port}"))
            .Concat(Split(configuration["https_ports"]).Select(port => $"https://*:{port}"))
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>());

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
