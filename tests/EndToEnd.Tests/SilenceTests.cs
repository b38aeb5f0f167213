using Gateway.Cli;
using Gateway.Persistence;
using Gateway.Testing;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gateway.EndToEnd.Tests;

/// <summary>Nobody hears of us but those who are named in the configuration, and no file is left but those asked for.</summary>
public sealed class SilenceTests(EveryVerb verbs) : IClassFixture<EveryVerb>
{
    [Fact]
    public void Nobody_is_contacted_who_is_not_configured() => Assert.Empty(verbs.Gateway.Contacts(verbs.Ports));

    [Fact]
    public void Contacts_are_seen() => Assert.Contains($"5-send: 127.0.0.1 port {verbs.Ports[0]}", verbs.Gateway.Contacts());

    [Fact]
    public void Nothing_is_left_in_HOME() => Assert.Empty(WatchedGateway.Entries(verbs.Gateway.Home));

    [Fact]
    public void Nothing_is_left_in_the_working_folder_but_what_was_asked_for() => Assert.Equal(
        ["ct", "data", "demo", "evaluation", "models", "recipes.json", "set", "training", "translated"],
        Directory.EnumerateFileSystemEntries(verbs.Gateway.Work).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void Nobody_else_on_this_machine_gets_at_what_is_written() => Assert.DoesNotContain(
        WatchedGateway.Entries(verbs.Gateway.Work).Where(path => path.Split('/')[0] is not ("ct" or "recipes.json")),
        path => PrivateFiles.IsOpen(Path.Combine(verbs.Gateway.Work, path)));

    /// <summary>It would report five minutes after the start, which no test waits for.</summary>
    [Fact]
    public async Task The_bus_reports_to_nobody()
    {
        using var folder = new TemporaryDirectory();
        await using var app = GatewayHost.Build(new HostRequest
        {
            Data = folder.Path,
            Settings = new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "None" },
        });

        Assert.False(app.Services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled);
    }
}
