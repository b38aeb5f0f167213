using System.Net;
using System.Net.Sockets;
using Gateway.Cli;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests;

/// <summary>What is missing at the start is one line with the setting to change, and no trace of a stack.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Dicom:Port")]
    [InlineData("urls")]
    public async Task A_port_that_is_taken_is_told_with_its_setting(string setting)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        var (web, dicom) = setting == "urls" ? (taken, Testing.FreePort.Next()) : (Testing.FreePort.Next(), taken);

        var run = await RunAsync("--urls", $"http://127.0.0.1:{web}", "--set", $"Dicom:Port={dicom}");

        IsOneLine(run, ExitCode.Failed, setting);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("database.invalid")]
    public async Task A_database_that_does_not_answer_is_told_with_its_setting(string host)
    {
        var run = await RunAsync(
            "--urls", $"http://127.0.0.1:{Testing.FreePort.Next()}", "--set", $"Dicom:Port={Testing.FreePort.Next()}", "--set",
            "Database:Provider=Postgres",
            "--set",
            $"Database:ConnectionString=Host={host};Port={Testing.FreePort.Next()};Database=gateway;Username=gateway;Password=secret");

        IsOneLine(run, ExitCode.ServerMissing, "Database:ConnectionString");
        Assert.DoesNotContain("secret", run.All, StringComparison.Ordinal);
    }

    private static void IsOneLine(ToolResult run, int code, string setting)
    {
        Assert.Equal(code, run.ExitCode);
        var told = run.Error.Trim().Split('\n').Where(line => !line.StartsWith('{')).ToList();
        Assert.Contains(setting, Assert.Single(told), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private Task<ToolResult> RunAsync(params string[] arguments) =>
        Tool.RunAsync(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "gateway.dll"), "run", "--data", _folder.Combine("data"), .. arguments],
            TimeSpan.FromMinutes(1));
}
