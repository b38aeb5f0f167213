using System.CommandLine;
using Gateway.DicomListener;
using Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace Gateway.Cli;

/// <summary><c>gateway run</c>: runs every role in this process, or only the named ones.</summary>
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
        var app = GatewayHost.Build(request);
        await app.StartCheckedAsync(cancel);
        var places = app.Urls.Select(url => "page " + url).ToList();
        if (request.Has(GatewayRole.Listener))
        {
            var dicom = app.Services.GetRequiredService<IOptions<DicomListenerOptions>>().Value;
            places.Add($"dicom {dicom.AeTitle} on port {dicom.Port}");
        }
        Console.WriteLine("READY " + string.Join(", ", places));
        await app.ServeAsync(cancel);
        return ExitCode.Done;
    }

    internal static Dictionary<string, string?> Settings(IEnumerable<string> assignments)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var assignment in assignments)
        {
            if (assignment.Split('=', 2) is not [var key, var value])
                throw new VerbException($"--set wants Section:Key=value, not '{assignment}'.", ExitCode.Usage);
            if (!settings.TryAdd(key, value))
                throw new VerbException($"--set {key} is given twice.", ExitCode.Usage);
        }
        return settings;
    }
}
