using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Testing;

/// <summary>
/// Orthanc, a PACS that is not ours: the one that <c>GATEWAY_TEST_ORTHANC</c> (<c>http://host:8042</c>) names, else one of our own from
/// Debian's package. It stores whatever is sent to it. One for the test process.
/// </summary>
public sealed class OrthancServer
{
    public const string Variable = "GATEWAY_TEST_ORTHANC";
    private static readonly Lazy<Task<OrthancServer>> Shared = new(OpenAsync);

    private OrthancServer(HttpClient http, string aeTitle, int dicomPort) => (Http, AeTitle, DicomPort) = (http, aeTitle, dicomPort);

    /// <summary>Its REST API.</summary>
    public HttpClient Http { get; }

    public string AeTitle { get; }
    public string Host => Http.BaseAddress!.Host;
    public int DicomPort { get; }

    /// <summary>The running server.</summary>
    /// <exception cref="InvalidOperationException">There is none, and none can be started.</exception>
    public static Task<OrthancServer> GetAsync() => Shared.Value;

    /// <summary>Tells it of a DICOM node on this machine, to which it can then send (and report storage commitment).</summary>
    public async Task AddModalityAsync(string name, string aeTitle, int port) =>
        (await Http.PutAsJsonAsync(
            $"/modalities/{name}", new { AET = aeTitle, Host = "127.0.0.1", Port = port }, JsonSerializerOptions.Default))
                .EnsureSuccessStatusCode();

    /// <summary>The identifiers Orthanc has for what matches, e.g. <c>FindAsync("Series", "SeriesInstanceUID", uid)</c>.</summary>
    /// <param name="level"><c>Patient, Study, Series</c> or <c>Instance</c>.</param>
    public async Task<IReadOnlyList<string>> FindAsync(string level, string attribute, string value)
    {
        var question = new { Level = level, Query = new Dictionary<string, string> { [attribute] = value } };
        using var answer = await Http.PostAsJsonAsync("/tools/find", question, JsonSerializerOptions.Default);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<string[]>() ?? [];
    }

    private static async Task<OrthancServer> OpenAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return await ConnectAsync(new HttpClient { BaseAddress = new Uri(given) });
        return await StartAsync(_ => "");
    }

    /// <summary>One of a test's own, whose DICOM port speaks TLS alone and wants a certificate of its callers. It ends with the
    /// tests.</summary>
    /// <param name="certificate">PEM file.</param>
    /// <param name="key">PEM file.</param>
    /// <param name="roots">PEM file of the authorities that it trusts.</param>
    public static Task<OrthancServer> StartSecureAsync(string certificate, string key, string roots) => StartAsync(folder =>
    {
        foreach (var (from, to) in ((string, string)[])[(certificate, "own.pem"), (key, "own.key"), (roots, "roots.pem")])
            File.WriteAllText(Path.Combine(folder, to), File.ReadAllText(from));    // where its user may read them
        return $"""
            "DicomTlsEnabled": true, "DicomTlsCertificate": "{folder}/own.pem", "DicomTlsPrivateKey": "{folder}/own.key",
            "DicomTlsTrustedCertificates": "{folder}/roots.pem", "DicomTlsRemoteCertificateRequired": true,
            """;
    });

    private static async Task<OrthancServer> StartAsync(Func<string, string> more)
    {
        var program = ServerProcess.Installed("orthanc", Variable, "/usr/sbin/Orthanc");
        var folder = ServerProcess.NewFolder("orthanc");
        var (dicom, http) = (FreePort.Next(), FreePort.Next());
        var settings = Path.Combine(folder, "orthanc.json");
        await File.WriteAllTextAsync(settings, Settings(folder, dicom, http, more(folder)));
        var process = new ServerProcess("orthanc", folder, [.. ServerProcess.As("orthanc"), program, settings]);
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        await process.ReadyAsync(async () =>
        {
            try
            {
                return (await client.GetAsync("/system")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return await ConnectAsync(client);
    }

    private static string Settings(string folder, int dicom, int http, string more) =>
        $$"""
        {
          "Name": "Gateway tests", "StorageDirectory": "{{folder}}/storage", "IndexDirectory": "{{folder}}/index",
          "Plugins": {{Plugins()}}, {{more}}
          "HttpPort": {{http}}, "RemoteAccessAllowed": false, "AuthenticationEnabled": false,
          "DicomPort": {{dicom}}, "DicomAet": "ORTHANC", "DicomAlwaysAllowStore": true,
          "DicomWeb": { "Enable": true, "Root": "/dicom-web/" }
        }
        """;

    /// <summary>Its DICOMweb, at <c>/dicom-web/</c>: Debian gives the file of the plugin its version for an ending.</summary>
    private static string Plugins()
    {
        var plugin = Directory.Exists("/usr/lib/orthanc") ? Directory.GetFiles("/usr/lib/orthanc", "libOrthancDicomWeb.so*") : [];
        return plugin is [var first, ..]
            ? JsonSerializer.Serialize(new[] { first })
            : throw new InvalidOperationException("Orthanc's DICOMweb is missing: install orthanc-dicomweb (eng/test does, as root).");
    }

    private static async Task<OrthancServer> ConnectAsync(HttpClient http)
    {
        var system = await http.GetFromJsonAsync<JsonElement>("/system");
        return new OrthancServer(http, system.GetProperty("DicomAet").GetString()!, system.GetProperty(nameof(DicomPort)).GetInt32());
    }
}
