using Gateway.Cli;
using Gateway.Hosting;
using Gateway.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gateway.EndToEnd.Tests;

/// <summary>A role is a promise: a process that plays it does something.</summary>
public sealed class RoleTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_role_adds_work_of_its_own_to_a_process()
    {
        var work = new Dictionary<GatewayRole, string[]>();
        foreach (var role in Enum.GetValues<GatewayRole>())
            work[role] = await WorkAsync(role);
        var common = work.Values.Aggregate((a, b) => [.. a.Intersect(b)]);

        Assert.All(work, role => Assert.NotEmpty(role.Value.Except(common)));
    }

    [Fact]
    public async Task A_role_that_nothing_stands_behind_is_a_usage_error()
    {
        var run = await Tool.RunAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "gateway.dll"), "run", "--role", "archivist", "--data", _folder.Path], Patience);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("archivist", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_names_every_role() => Assert.Contains(
        $"--role {string.Join('|', Enum.GetNames<GatewayRole>()).ToLowerInvariant()}]",
        File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);

    /// <summary>Hosted services, queues and routes of a process that plays this role alone.</summary>
    private async Task<string[]> WorkAsync(GatewayRole role)
    {
        await using var app = GatewayHost.Build(new HostRequest
        {
            Data = _folder.Path,
            Roles = [role],
            Settings = new Dictionary<string, string?> { ["Bus:Transport"] = "RabbitMq", ["Logging:LogLevel:Default"] = "None" },
        });
        return
        [
            .. app.Services.GetServices<IHostedService>().Select(service => service.GetType().FullName!),
            .. app.Services.GetServices<HandlerRegistration>().Select(handler => handler.Endpoint),
            .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).Select(route => route.DisplayName!),
        ];
    }
}
