using System.CommandLine;
using System.Net.Sockets;
using Gateway.DicomListener;
using Gateway.Hosting;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Gateway.TrainingWorker.Training;
using Gateway.TranslationWorker;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.Cli;

/// <summary><c>gateway doctor</c>: checks whether <c>run</c> would work here and, if not, which step fails.</summary>
internal static class DoctorVerb
{
    private const int MostListed = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly Option<bool> Deep = new("--deep")
    {
        Description = "Read every object that a row names as well: is it there, and are its bytes those of its digest?",
    };

    private static readonly Option<string[]> Set = new("--set") { Description = "A setting, Section:Key=value (repeatable)." };

    public static Command Create() => Verb.Create(
        "doctor", "Check ports, disk, database, bus, models and what training runs on.",
        [Deep, Set, CommonOptions.Data, CommonOptions.Urls, CommonOptions.Json], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = GatewayHost.Build(new HostRequest
        {
            Data = parsed.GetValue(CommonOptions.Data)!.FullName,
            Urls = parsed.GetValue(CommonOptions.Urls),
            Settings = RunVerb.Settings([.. parsed.GetValue(Set) ?? [], "Logging:LogLevel:Default=None"]),
        });
        var services = app.Services;
        Diagnosis[] found =
        [
            await CheckAsync("settings", () => Task.FromResult(Settings(services.GetRequiredService<SettingsCheck>()))),
            await CheckAsync("disk", () => Task.FromResult(Disk(services))),
            await CheckAsync("privacy", () => Task.FromResult(Privacy(services.GetRequiredService<DataDirectory>()))),
            await CheckAsync("database", () => DatabaseAsync(services, cancel)),
            await CheckAsync("bus", () => BusAsync(services, cancel)),
            await CheckAsync("model", () => ModelsAsync(services, cancel)),
            await CheckAsync(
                "training", () => Task.FromResult(TrainingDevice.Describe(app.Configuration["Training:Device"] ?? TrainingDevice.Auto))),
            await CheckAsync(
                "dicom port", () => Task.FromResult(Port(services.GetRequiredService<IOptions<DicomListenerOptions>>().Value.Port))),
            await CheckAsync(
                "web port", () => Task.FromResult(
                    Port(new Uri(app.Configuration["urls"]!.Split(';')[0].Replace("*", "localhost", StringComparison.Ordinal)).Port))),
        ];
        if (parsed.GetValue(Deep))
            found = [.. found, await CheckAsync("objects", () => ObjectsAsync(services.GetRequiredService<ObjectAudit>(), cancel))];
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(new { ok = found.All(f => f.Ok), checks = found });
        else
            foreach (var one in found)
                Console.WriteLine($"{(one.Ok ? "ok  " : "FAIL")} {one.Name,-11} {one.Text}");
        return found.All(f => f.Ok) ? ExitCode.Done
            : found.Any(f => f is { Ok: false, Name: "database" or "bus" }) ? ExitCode.ServerMissing
            : ExitCode.Failed;
    }

    private sealed record Diagnosis(string Name, bool Ok, string Text);

    private static async Task<Diagnosis> CheckAsync(string name, Func<Task<string>> check)
    {
        try
        {
            return new(name, true, await check());
        }
        catch (Exception e)
        {
            return new(name, false, e.Message);
        }
    }

    private static string Settings(SettingsCheck check) =>
        check.Faults() is { Count: > 0 } faults
            ? throw new VerbException(string.Join(" ", faults)) : "every setting is known, and none is wrong";

    private static string Disk(IServiceProvider services)
    {
        var data = services.GetRequiredService<DataDirectory>().Create();
        var probe = Path.Combine(data.Spool, "doctor");
        File.WriteAllText(probe, "");
        File.Delete(probe);
        var drive = new DriveInfo(data.Root);
        return $"{data.Root} is writable, {drive.AvailableFreeSpace / 1e9:0} GB free";
    }

    private static string Privacy(DataDirectory data) => data.Open() is { Count: > 0 } open
        ? throw new VerbException(
            $"others can get at {string.Join(", ", open.Select(Path.GetFileName))} in {data.Root}: chmod -R go= '{data.Root}'")
        : $"nobody else can get at what is in {data.Root}";

    private static async Task<string> ObjectsAsync(ObjectAudit audit, CancellationToken cancel)
    {
        var report = await audit.RunAsync(new Progress<int>(read => Console.Error.WriteLine($"{read} objects read")), cancel);
        return report.IsClean
            ? $"{report.Named} named by rows, all there and whole; {report.Orphans} that no row names, for the sweep"
            : throw new VerbException(
                $"missing: {Listed(report.Missing)}; damaged: {Listed(report.Damaged)}; of {report.Named} that rows name");
    }

    private static string Listed(List<string> digests) => digests.Count == 0 ? "none"
        : $"{digests.Count} ({string.Join(", ", digests.Take(MostListed))}{(digests.Count > MostListed ? ", ..." : "")})";

    private static async Task<string> DatabaseAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(cancel);
        var pending = (await db.Database.GetPendingMigrationsAsync(cancel)).Count();
        return $"{db.Database.ProviderName}, {(pending == 0 ? "up to date" : $"{pending} migrations will be applied at start")}";
    }

    private static async Task<string> BusAsync(IServiceProvider services, CancellationToken cancel)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(Patience);
        var bus = services.GetRequiredService<IBusControl>();
        try
        {
            await bus.StartAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new VerbException($"{bus.Address.Scheme}://{bus.Address.Host} did not answer within {Patience.TotalSeconds:0} s");
        }
        await bus.StopAsync(CancellationToken.None);
        return $"{bus.Address.Scheme}://{bus.Address.Host} answers";
    }

    /// <summary>The champions; before the first start, what ships and will become them.</summary>
    private static async Task<string> ModelsAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (options, loader) = (services.GetRequiredService<IOptions<ModelOptions>>().Value, services.GetRequiredService<ModelLoader>());
        var isOfRegistry = services.GetRequiredService<ModelCatalog>().IsOfRegistry;
        var champions = isOfRegistry ? await ChampionsAsync(services, cancel) : [];
        var words = services.GetRequiredService<ModalityTable>().Directions.Select(direction =>
        {
            using var model = champions.TryGetValue(direction.Name, out var digest)
                ? loader.Load(digest, direction)
                : OnnxModel.Load(Path.Combine(options.Folder, direction.Name + ".onnx"), options);
            return $"{direction}: {model.Facts.Name} {model.Facts.Version} on {model.Device}{(model.WithoutCuda is { } why ? $" without CUDA ({why})" : "")}";
        });
        return string.Join(", ", words) + (isOfRegistry ? "" : ", pinned by Models:Directory");
    }

    private static async Task<Dictionary<string, string>> ChampionsAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(cancel);
        if (!await db.Database.CanConnectAsync(cancel) || (await db.Database.GetPendingMigrationsAsync(cancel)).Any())
            return [];
        return await db.Models.Where(m => m.State == ModelState.Champion).ToDictionaryAsync(m => m.Direction, m => m.Digest, cancel);
    }

    private static string Port(int port) =>
        FreePort.Or(port) == port ? $"{port} is free" : throw new SocketException((int)SocketError.AddressAlreadyInUse);
}
