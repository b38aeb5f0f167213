using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests;

/// <summary>A real gateway process, started as a user starts it and killed as bad luck kills it.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    /// <summary>Half of what Kubernetes gives a pod (k8s/base) before it kills it.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, string> _settings;
    private readonly string _data;
    private readonly int _webPort = FreePort.Next();
    private readonly string[] _roles;
    private readonly ConcurrentQueue<string> _said = [];
    private Process? _process;

    private GatewayProcess(string data, Dictionary<string, string> settings, string[] roles)
    {
        (_data, _settings, _roles) = (data, settings, roles);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_webPort}") };
    }

    public int DicomPort { get; } = FreePort.Next();
    public HttpClient Http { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process!.Id;

    /// <summary>What it wrote to standard output and standard error since its first start.</summary>
    public string Said => string.Join('\n', _said);

    /// <param name="roles">All when none is named.</param>
    public static async Task<GatewayProcess> StartAsync(string data, Dictionary<string, string> settings, params string[] roles)
    {
        var gateway = new GatewayProcess(data, settings, roles);
        await gateway.StartAsync();
        return gateway;
    }

    public async Task StartAsync()
    {
        if (!await TryStartAsync())
            Assert.Fail("The gateway did not get ready: " + Said);
    }

    /// <returns>False: it ended before it was ready.</returns>
    public async Task<bool> TryStartAsync()
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "gateway.dll"), "run", "--data", _data, "--urls", Http.BaseAddress!.ToString(),
            .. _roles.SelectMany(role => new[] { "--role", role }),
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Dicom__Port"] = $"{DicomPort}";
        start.Environment["Dicom__Completion__ReleasedQuiet"] = "00:00:01";
        start.Environment["Dicom__Completion__AbortedQuiet"] = "00:00:02";
        foreach (var (name, value) in _settings)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = Task.WhenAll(ReadAsync(_process.StandardOutput, ready), ReadAsync(_process.StandardError, null));
        return await Task.WhenAny(ready.Task, ended) != ended || ready.Task.IsCompleted;
    }

    /// <summary>Waits until it ends, whatever ends it.</summary>
    /// <returns>Its exit code; 137 where it was killed.</returns>
    public async Task<int> EndedAsync()
    {
        await _process!.WaitForExitAsync();
        return _process.ExitCode;
    }

    private async Task ReadAsync(StreamReader lines, TaskCompletionSource? ready)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            _said.Enqueue(line);
            if (line.StartsWith("READY", StringComparison.Ordinal))
                ready?.TrySetResult();
        }
    }

    /// <summary>SIGKILL: nothing is flushed, nobody says goodbye.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        using var limit = new CancellationTokenSource(GracePeriod);
        await _process!.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Sends it a signal: STOP freezes it, CONT wakes it.</summary>
    public async Task SignalAsync(string signal) => (await Tool.RunAsync("kill", [$"-{signal}", $"{_process!.Id}"])).Succeeded();

    /// <summary>dcmtk's storescu, as scanner SCANNER unless told otherwise.</summary>
    public Task<ToolResult> StorescuAsync(string path, string calling = "SCANNER", string called = "GATEWAY") =>
        StorescuAsync([path], calling, called);

    /// <inheritdoc cref="StorescuAsync(string, string, string)"/>
    public Task<ToolResult> StorescuAsync(string[] paths, string calling = "SCANNER", string called = "GATEWAY") => Tool.RunAsync(
        "storescu", ["-v", "-aet", calling, "-aec", called, "+sd", "127.0.0.1", $"{DicomPort}", .. paths],
        environment: new Dictionary<string, string> { ["TCP_NODELAY"] = "1" });

    /// <summary>The study as the API shows it, once nothing is left to do for it.</summary>
    public async Task<JsonElement> FinishedAsync(string studyUid, params string[] states)
    {
        JsonElement study = default;
        await Eventually.TrueAsync(
            async () =>
            {
                using var answer = await Http.GetAsync($"/api/studies/{studyUid}");
                if (answer.StatusCode != HttpStatusCode.OK)
                    return false;
                study = await answer.Content.ReadFromJsonAsync<JsonElement>();
                return states.Contains(study.GetProperty("state").GetString());
            },
            $"the study is {string.Join(" or ", states)}",
            TimeSpan.FromMinutes(3));
        return study;
    }

    /// <summary>Waits until every destination has said that it keeps every derived image of the study safe.</summary>
    public Task CommittedAsync(string studyUid) => Eventually.TrueAsync(
        async () =>
        {
            var deliveries = (await Http.GetFromJsonAsync<JsonElement>($"/api/studies/{studyUid}/deliveries")).GetProperty("items")
                .EnumerateArray().ToList();
            return deliveries.Count > 0 && deliveries.TrueForAll(d => d.GetProperty("committedAt").ValueKind == JsonValueKind.String);
        },
        "the destination keeps it safe",
        TimeSpan.FromMinutes(2));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
    }
}
