using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Gateway.Cli;
using Gateway.Hosting;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.EndToEnd.Tests;

/// <summary>What is wrong with the settings is said before anything starts: a line a fault, exit code 2.</summary>
public sealed partial class SettingsTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Dicom:Prot", "Dicom:Port")]
    [InlineData("Dicom:Callers:0:AETitel", "Dicom:Callers:0:AeTitle")]
    [InlineData("Dicom:Completion:Idle", "Dicom:Completion:IdleForced")]
    [InlineData("Dicom:TSL", "Dicom:Tls")]
    [InlineData("Dicom:Tls:Prot", "Dicom:Tls:Port")]
    [InlineData("Delivery:Destinations:0:Tls:Roots", "Delivery:Destinations:0:Tls:TrustedRoots")]
    [InlineData("Bus:Transprot", "Bus:Transport")]
    public async Task A_key_that_nobody_reads_is_told_with_the_one_it_looks_like(string key, string meant) =>
        Assert.Contains($"There is no setting {key}. Is it {meant}?", await FaultsAsync((key, "1")));

    [Fact]
    public async Task Every_documented_key_is_known()
    {
        var keys = DocumentedKey().Matches(
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"), TestContext.Current.CancellationToken))
            .Select(match => match.Groups[1].Value)
            .Where(key => !UsedAtOnce().IsMatch(key)).ToList();

        Assert.Contains("Dicom:MaxPduLength", keys);
        Assert.DoesNotContain(
            await FaultsAsync([.. keys.Select(key => (key, "1"))]), fault => fault.StartsWith("There is no", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_that_are_read_are_known_at_any_depth_and_in_any_case() => Assert.Empty(await FaultsAsync(
        ("dicom:aetitle", "HERE"),
        ("Dicom:MaxPduLength", "65536"),
        ("Dicom:Callers:0:AeTitle", "SCANNER"),
        ("Dicom:Callers:0:Cidr", "10.0.0.0/8"),
        ("Dicom:Callers:0:ReleasedQuiet", "00:00:02"),
        ("Dicom:Completion:Poll", "00:00:01"),
        ("Dicom:Tls:HandshakeTimeout", "00:00:10"),
        ("Delivery:Destinations:0:Name", "pacs"),
        ("Delivery:Destinations:0:Host", "pacs.example"),
        ("Delivery:Destinations:0:CalledAe", "PACS"),
        ("Fhir:IssuerSystems:HOSPITAL", "urn:oid:1.2.3"),
        ("Auth:AllowedHosts:0", "pacs.example"),
        ("Bus:Host", "rabbitmq://localhost/"),
        ("Logging:LogLevel:Default", "None")));

    [Fact]
    public void A_section_of_the_command_line_that_nobody_reads_is_told()
    {
        var fault = Assert.Throws<SettingsException>(() => GatewayHost.Build(new HostRequest
        {
            Data = _folder.Path,
            Settings = new Dictionary<string, string?> { ["Dicm:Port"] = "104" },
        }));

        Assert.Equal(["There is no setting Dicm. Is it Dicom?"], fault.Faults);
    }

    [Theory]
    [InlineData("Dicom:Port", "abc", "Dicom:Port")]
    [InlineData("Dicom:Port", "0", "'Port'")]
    [InlineData("Dicom:Prot", "104", "There is no setting Dicom:Prot. Is it Dicom:Port?")]
    [InlineData("Bus:Transport", "Pigeon", "Bus:Transport")]
    [InlineData("Database:Provider", "Postgres", "Database:ConnectionString is required")]
    [InlineData("urls", "http://0.0.0.0:1", "Refusing to listen on http://0.0.0.0:1")]
    public async Task A_wrong_value_is_one_line_and_exit_code_2(string key, string value, string line)
    {
        var run = await RunAsync("--set", $"{key}={value}");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        var told = run.Error.Trim().Split('\n').Where(text => !text.StartsWith('{')).ToList();
        Assert.Contains(line, Assert.Single(told), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_certificate_does_not_start()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=gateway", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            now.AddDays(-9), now.AddDays(-2));
        await File.WriteAllTextAsync(
            _folder.Combine("old.pem"), certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem(),
            TestContext.Current.CancellationToken);

        var run = await RunAsync(
            "--set", "Dicom:Tls:Port=2762", "--set", "Dicom:Tls:ClientCertificate=None", "--set",
            $"Dicom:Tls:Certificate={_folder.Combine("old.pem")}");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains($"our certificate expired on {now.AddDays(-2):yyyy-MM-dd}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_is_one_gateways_until_it_is_gone()
    {
        await using var first = await GatewayProcess.StartAsync(_folder.Combine("data"), []);

        var second = await RunAsync(
            "--urls", $"http://127.0.0.1:{Testing.FreePort.Next()}", "--set", $"Dicom:Port={Testing.FreePort.Next()}");
        await first.KillAsync();
        await first.StartAsync();

        Assert.Equal(ExitCode.Usage, second.ExitCode);
        Assert.Contains($"Another gateway works in {_folder.Combine("data")}", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_nowhere_is_left_out_and_named()
    {
        Scanner.Write(_folder.Combine("study"), PhantomKind.HeadCt, seed: 5);
        File.CreateSymbolicLink(_folder.Combine("study", "gone.dcm"), _folder.Combine("nowhere.dcm"));

        var run = await GatewayAsync("translate", _folder.Combine("study"), "--out", _folder.Combine("out"));

        Assert.Contains($"Left out: ", run.Succeeded().Error, StringComparison.Ordinal);
        Assert.Contains("gone.dcm", run.Error, StringComparison.Ordinal);
        Assert.Contains("ct-t2", run.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\| `([A-Z]\w*:[\w:]+)`", RegexOptions.Multiline)]
    private static partial Regex DocumentedKey();

    [GeneratedRegex("^(Logging|Bus|Database):")]
    private static partial Regex UsedAtOnce();

    private async Task<IReadOnlyList<string>> FaultsAsync(params (string Key, string Value)[] settings)
    {
        await using var app = GatewayHost.Build(new HostRequest
        {
            Data = _folder.Path,
            Settings = settings.Append(("Logging:LogLevel:Default", "None")).DistinctBy(setting => setting.Item1)
                .ToDictionary(setting => setting.Item1, string? (setting) => setting.Item2),
        });
        return app.Services.GetRequiredService<SettingsCheck>().Faults();
    }

    private Task<ToolResult> RunAsync(params string[] arguments) => GatewayAsync(["run", "--data", _folder.Combine("data"), .. arguments]);

    private static Task<ToolResult> GatewayAsync(params string[] arguments) =>
        Tool.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "gateway.dll"), .. arguments], TimeSpan.FromMinutes(1));
}
