using System.CommandLine;
using Gateway.DicomListener;
using Microsoft.Extensions.Options;

namespace Gateway.Cli;

/// <summary><c>gateway run</c>: every role in this process, or the ones named.</summary>
internal static class RunVerb
{
    private static readonly Option<GatewayRole[]> Role = new("--role")
    {
        Description = "Only this role (repeatable); needs RabbitMQ.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string[]> Set = new("--set") { Description = "A setting, Section:Key=value (repeatable)." };

    public static Command Create() => Verb.Create(
        "run", "Receive, translate and serve until stopped.", [Role, Set, CommonOptions.Data, CommonOptions.Urls], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var request = new HostRequest
        {
            Data = parsed.GetValue(CommonOptions.Data)!.FullName,
            Urls = parsed.GetValue(CommonOptions.Urls),
            Roles = parsed.GetValue(Role) ?? [],
            Settings = Settings(parsed.GetValue(Set) ?? []),
        };
        await using var app = GatewayHost.Build(request);
        await app.StartAsync(cancel);
        var places = app.Urls.Select(url => "page " + url).ToList();
        if (request.Has(GatewayRole.Listener))
        {
            var dicom = app.Services.GetRequiredService<IOptions<DicomListenerOptions>>().Value;
            places.Add($"dicom {dicom.AeTitle} on port {dicom.Port}");
        }
        Console.WriteLine("READY " + string.Join(", ", places));
        await app.WaitForShutdownAsync(cancel);
        return ExitCode.Done;
    }

    internal static Dictionary<string, string?> Settings(IEnumerable<string> assignments) =>
        assignments.Select(a => a.Split('=', 2)).ToDictionary(
            pair => pair[0],
            string? (pair) => pair.Length == 2 ? pair[1] : throw new VerbException($"--set wants Section:Key=value, not '{pair[0]}'.", ExitCode.Usage));
}
