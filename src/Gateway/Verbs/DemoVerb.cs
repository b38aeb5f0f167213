using System.CommandLine;
using Gateway.DicomNetwork;
using Gateway.Hosting;

namespace Gateway.Cli;

/// <summary><c>gateway demo</c>: the whole path in one process, from a C-STORE to a synthetic series, a page and an ImagingStudy.</summary>
internal static class DemoVerb
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static readonly Option<bool> Exit = new("--exit") { Description = "Stop when done instead of serving the page." };
    private static readonly Option<DirectoryInfo[]> Study = new("--study")
    {
        Description = "Folder of a real study instead of the phantoms (repeatable).",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> Loop = new(
        "--loop")
    { Description = "The learning loop: patients in, retrain, gates, activate, roll back." };

    private static readonly Option<int> Subjects = new("--subjects")
    {
        Description = "With --loop: samples of each modality to train on.",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<int> Steps = new("--steps")
    {
        Description = "With --loop: steps of training.",
        DefaultValueFactory = _ => 60,
    };

    private static readonly Option<string[]> Set = new("--set") { Description = "A setting, Section:Key=value (repeatable)." };

    public static Command Create() => Verb.Create(
        "demo", "Start everything in one process, push studies through it and show what comes out.",
        [Exit, Study, Loop, Subjects, Steps, Set, CommonOptions.Data, CommonOptions.Urls, CommonOptions.Json], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        var clock = TimeProvider.System.GetTimestamp();
        var progress = new LineProgress(json ? Console.Error : Console.Out, () => TimeProvider.System.GetElapsedTime(clock));

        var settings = RunVerb.Settings(parsed.GetValue(Set) ?? []);
        settings.TryAdd("Logging:LogLevel:Default", "Warning");
        var dicomPort = Port(settings, progress);
        var request = new HostRequest
        {
            Data = parsed.GetValue(CommonOptions.Data)!.FullName,
            Urls = parsed.GetValue(CommonOptions.Urls) ?? $"http://127.0.0.1:{FreePort.Or(8080)}",
            Settings = settings,
        };
        await using var app = GatewayHost.Build(request);
        await app.StartCheckedAsync(cancel);
        var url = app.Urls.First();
        progress.Report($"listening: DICOM on 127.0.0.1:{dicomPort}, page on {url}");

        var client = new DicomClient(
            new() { Host = "127.0.0.1", Port = dicomPort, CallingAe = AeTitle.Parse("SCANNER"), CalledAe = AeTitle.Parse("GATEWAY") },
            TimeProvider.System);
        var stage = new DemoStage(
            app.Services, new DemoSender(client, progress), Path.Combine(request.Data, "phantoms"), url, progress, json);
        var code = parsed.GetValue(Loop)
            ? await stage.LoopAsync(new(parsed.GetValue(Subjects), parsed.GetValue(Steps)), cancel)
            : await stage.StudiesAsync(parsed.GetValue(Study) ?? [], Limit, cancel);

        if (!parsed.GetValue(Exit))
        {
            progress.Report($"serving {url} until stopped (Ctrl+C)");
            await app.WaitForShutdownAsync(cancel);
        }
        await app.StopAsync(CancellationToken.None);
        return code;
    }

    private static int Port(Dictionary<string, string?> settings, LineProgress progress)
    {
        var told = settings.GetValueOrDefault("Dicom:Port") ?? Environment.GetEnvironmentVariable("Dicom__Port") ?? "11112";
        if (!ushort.TryParse(told, out var wanted))
            throw new VerbException($"Dicom:Port is '{told}', which is no port.", ExitCode.Usage);
        var port = FreePort.Or(wanted);
        if (port != wanted)
            progress.Report($"port {wanted} is taken; the demo listens on {port}");
        settings["Dicom:Port"] = port.ToString();
        return port;
    }
}
