using System.Text.Json;
using Gateway.Cli;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.EndToEnd.Tests;

/// <summary>A gateway whose every word is kept: one process on SQLite, or listener, translator and portal as three on PostgreSQL and
/// RabbitMQ.</summary>
internal sealed class ArchiveStand : IAsyncDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly Dictionary<string, string> _settings;
    private readonly TraceCollector _traces;
    private readonly List<GatewayProcess> _processes = [];
    private readonly Microsoft.AspNetCore.Builder.WebApplication _app;

    private ArchiveStand(Dictionary<string, string> settings, TraceCollector traces)
    {
        (_settings, _traces) = (settings, traces);
        _app = GatewayHost.Build(new HostRequest
        {
            Data = Data.Root,
            Settings = new Dictionary<string, string?>(
                settings.Select(one => KeyValuePair.Create(one.Key.Replace("__", ":", StringComparison.Ordinal), (string?)one.Value)))
            {
                ["Logging:LogLevel:Default"] = "None",
            },
        });
    }

    public DataDirectory Data => new(_folder.Combine("data"));

    /// <summary>The one that receives.</summary>
    public GatewayProcess Listener => _processes[0];

    /// <summary>The one that translates.</summary>
    public GatewayProcess Translator => _processes[_processes.Count > 1 ? 1 : 0];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ArchiveStand> StartAsync(string servers, params (string Name, string Value)[] settings)
    {
        var (all, traces) = (await Servers.SettingsAsync(servers), await TraceCollector.StartAsync());
        foreach (var (name, value) in settings)
            all[name] = value;
        var stand = new ArchiveStand(new(all), traces);
        all["OTEL_EXPORTER_OTLP_ENDPOINT"] = traces.Address;
        all["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        all["Logging__LogLevel__Gateway"] = "Debug";
        foreach (var roles in all.ContainsKey("Bus__Host") ? (string[][])[["listener"], ["translator"], ["portal"]] : [[]])
            stand._processes.Add(await GatewayProcess.StartAsync(stand.Data.Root, all, roles));
        return stand;
    }

    public GatewayDbContext Open() => _app.Services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContext();

    public string Combine(string name) => _folder.Combine(name);

    /// <summary>Pushes folders and waits until nothing is left to do for what came.</summary>
    public async Task PushAsync(params IEnumerable<string> folders)
    {
        foreach (var folder in folders)
            (await Listener.StorescuAsync(folder)).Succeeded();
        await IdleAsync();
    }

    /// <summary>Waits until every study is complete, every message handled and no series under way.</summary>
    public Task IdleAsync() => Eventually.TrueAsync(
        async () =>
        {
            await using var db = Open();
            SeriesState[] busy = [SeriesState.Receiving, SeriesState.Received, SeriesState.Queued, SeriesState.Translating];
            return !await db.Studies.AnyAsync(s => s.State == StudyState.Receiving, Cancel)
                && !await db.Series.AnyAsync(s => s.Origin == SeriesOrigin.Received && busy.Contains(s.State), Cancel)
                && !await db.Outbox.AnyAsync(m => m.SentAt == null, Cancel);
        },
        "nothing is left to do",
        TimeSpan.FromMinutes(45));

    public async Task<List<ArchiveSample>> SamplesAsync()
    {
        await using var db = Open();
        return [.. (await db.ArchiveSamples.AsNoTracking().ToListAsync(Cancel)).OrderBy(s => s.Id)];
    }

    /// <summary>Received series that a derived one was made from.</summary>
    public async Task<List<Guid>> PreparedAsync()
    {
        await using var db = Open();
        return await db.Series.Where(s => s.DerivedFromSeriesId != null).Select(s => s.DerivedFromSeriesId!.Value).Distinct().Order()
            .ToListAsync(Cancel);
    }

    /// <summary>Digests of the objects that are NIfTI: samples, named by a row or not.</summary>
    public List<string> SampleObjects() =>
    [
        .. Directory.EnumerateFiles(Data.Objects, "*", SearchOption.AllDirectories).Where(
            file => new FileInfo(file).Length > 348 && IsNifti(file))
            .Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal),
    ];

    /// <summary>Runs a verb beside the processes, on the same database and folder.</summary>
    /// <returns>Its answer in JSON.</returns>
    public async Task<JsonElement> RunAsync(params string[] arguments)
    {
        var run = await Tool.RunAsync(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "gateway.dll"), .. arguments, "--data", Data.Root, "--json"],
            TimeSpan.FromMinutes(20), environment: _settings);
        run.Succeeded();
        return JsonDocument.Parse(run.Output.TrimEnd().Split('\n')[^1]).RootElement;
    }

    /// <summary>All that leaves the processes beside images and answers: logs, metrics, traces, and the bodies of messages.</summary>
    public async Task<Dictionary<string, string>> SaidAsync()
    {
        await using var db = Open();
        var metrics = await Task.WhenAll(_processes.Select(process => process.Http.GetStringAsync("/metrics", Cancel)));
        return new()
        {
            ["messages"] = string.Concat(await db.Outbox.AsNoTracking().Select(m => m.Type + m.Body).ToListAsync(Cancel)),
            ["logs"] = string.Concat(_processes.Select(process => process.Said)),
            ["metrics"] = string.Concat(metrics),
            ["traces"] = _traces.Said,
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        await _traces.DisposeAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private static bool IsNifti(string file)
    {
        using var stream = File.OpenRead(file);
        Span<byte> head = stackalloc byte[348];
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[344..347].SequenceEqual("n+1"u8);
    }
}
