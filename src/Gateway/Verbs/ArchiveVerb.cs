using System.CommandLine;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Cli;

/// <summary><c>gateway archive list</c> counts what is kept for retraining; <c>gateway archive erase</c> takes a patient out of it.</summary>
internal static class ArchiveVerb
{
    private static readonly Option<string> PatientId = new("--patient-id") { Description = "Patient ID (0010,0020).", Required = true };
    private static readonly Option<string?> Issuer = new("--issuer") { Description = "Issuer of Patient ID (0010,0021); without it, patients of every issuer." };
    private static readonly Option<string[]> Set = new("--set") { Description = "A setting, Section:Key=value (repeatable)." };

    public static Command Create() => new("archive", "What is kept for retraining, de-identified: list it, erase a patient.")
    {
        Verb.Create("list", "Count the samples by modality, split and calling AE title.", [Set, CommonOptions.Data, CommonOptions.Json], ListAsync),
        Verb.Create("erase", "Take a patient's samples out and keep later ones from entering.", [PatientId, Issuer, Set, CommonOptions.Data, CommonOptions.Json], EraseAsync),
    };

    private static async Task<int> ListAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = Build(parsed);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(cancel);
        var counts = await db.ArchiveSamples.GroupBy(s => new { s.Modality, s.Split, s.CallingAe })
            .Select(group => new { group.Key.Modality, group.Key.Split, group.Key.CallingAe, Samples = group.Count() }).ToListAsync(cancel);
        var items = counts.Select(one => new { one.Modality, split = Kebab.Of(one.Split.ToString()), one.CallingAe, one.Samples })
            .OrderBy(one => (one.Modality, one.split, one.CallingAe)).ToList();
        var samples = items.Sum(one => one.Samples);
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonLine.Write(new { samples, items });
            return ExitCode.Done;
        }
        foreach (var one in items)
            Console.WriteLine($"{one.Modality} {one.split} {one.CallingAe}: {one.Samples}");
        Console.WriteLine($"{samples} samples.");
        return ExitCode.Done;
    }

    private static async Task<int> EraseAsync(ParseResult parsed, CancellationToken cancel)
    {
        var patientId = parsed.GetValue(PatientId)!;
        if (string.IsNullOrWhiteSpace(patientId))
            throw new VerbException("--patient-id: say which.", ExitCode.Usage);
        await using var app = Build(parsed);
        var erased = await app.Services.GetRequiredService<ArchiveErasure>().EraseAsync(patientId, parsed.GetValue(Issuer), cancel);
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(new { erased.Samples, erased.Objects, models = Array.Empty<string>() });
        else
            Console.WriteLine($"{erased.Samples} samples and {erased.Objects} objects erased. Models that learned from them: none known. Later images of the patient will not enter.");
        return ExitCode.Done;
    }

    private static WebApplication Build(ParseResult parsed) => GatewayHost.Build(new HostRequest
    {
        Data = parsed.GetValue(CommonOptions.Data)!.FullName,
        Settings = RunVerb.Settings([.. parsed.GetValue(Set) ?? [], "Logging:LogLevel:Default=None", "Logging:LogLevel:Microsoft.EntityFrameworkCore=None"]),
    });
}
