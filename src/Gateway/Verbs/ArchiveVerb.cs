using System.CommandLine;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Cli;

/// <summary><c>gateway archive list</c> counts what is kept for retraining, <c>manifest</c> writes it down for a run, <c>erase</c> takes a
/// patient out.</summary>
internal static class ArchiveVerb
{
    private static readonly Option<string> PatientId = new("--patient-id") { Description = "Patient ID (0010,0020).", Required = true };
    private static readonly Option<string?> Issuer = new(
        "--issuer")
    { Description = "Issuer of Patient ID (0010,0021); without it, patients of every issuer." };
    internal static readonly Option<string[]> Set = new("--set") { Description = "A setting, Section:Key=value (repeatable)." };

    public static Command Create() => new(
        "archive", "What is kept for retraining, de-identified: list it, add to it, make a manifest of it, erase a patient.")
    {
        Verb.Create(
            "list", "Count samples and patients by modality, split, vendor and calling AE title.",
            [Set, CommonOptions.Data, CommonOptions.Json], ListAsync),
        ArchiveManifestVerb.Create(),
        ArchiveImportVerb.Create(),
        Verb.Create(
            "erase", "Take a patient's samples out, keep later ones from entering, and name the models that learned from them.",
            [PatientId, Issuer, Set, CommonOptions.Data, CommonOptions.Json], EraseAsync),
    };

    private static async Task<int> ListAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = Build(parsed);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(cancel);
        var rows = await db.ArchiveSamples.Select(s => new { s.Modality, s.Split, s.Vendor, s.CallingAe, s.SubjectOfAnyIssuer })
            .ToListAsync(cancel);
        var items = rows.GroupBy(
            s => (s.Modality, Split: Kebab.Of(s.Split.ToString()), Vendor: Kebab.Of(s.Vendor.ToString()), s.CallingAe)).OrderBy(
                alike => alike.Key)
            .Select(
                alike =>
                    new
                    {
                        alike.Key.Modality,
                        alike.Key.Split,
                        alike.Key.Vendor,
                        alike.Key.CallingAe,
                        Samples = alike.Count(),
                        Subjects = alike.Select(s => s.SubjectOfAnyIssuer).Distinct().Count()
                    })
            .ToList();
        var (samples, subjects) = (rows.Count, rows.Select(s => s.SubjectOfAnyIssuer).Distinct().Count());
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonLine.Write(new { samples, subjects, items });
            return ExitCode.Done;
        }
        foreach (var one in items)
            Console.WriteLine($"{one.Modality} {one.Split} {one.Vendor} {one.CallingAe}: {one.Samples} of {one.Subjects} patients");
        Console.WriteLine($"{samples} samples of {subjects} patients.");
        return ExitCode.Done;
    }

    private static async Task<int> EraseAsync(ParseResult parsed, CancellationToken cancel)
    {
        var patientId = parsed.GetValue(PatientId)!;
        if (string.IsNullOrWhiteSpace(patientId))
            throw new VerbException("--patient-id: say which.", ExitCode.Usage);
        await using var app = Build(parsed);
        var erased = await app.Services.GetRequiredService<ArchiveErasure>().EraseAsync(patientId, parsed.GetValue(Issuer), cancel);
        var models = erased.Models.Select(
            m => new { m.Digest, m.Direction, m.Name, state = Kebab.Of(m.State.ToString()), use = Kebab.Of(m.Use.ToString()) }).ToList();
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonLine.Write(new { erased.Samples, erased.Objects, models, erased.Jobs });
            return ExitCode.Done;
        }
        Console.WriteLine($"{erased.Samples} samples and {erased.Objects} objects erased. Later images of the patient will not enter.");
        foreach (var model in models)
            Console.WriteLine($"{model.Digest} {model.Direction} {model.Name}, {model.state}: {model.use}");
        foreach (var job in erased.Jobs)
            Console.WriteLine($"Training {job} is under way with them; gateway train --cancel ends it.");
        if (models.Count + erased.Jobs.Count == 0)
            Console.WriteLine("No model had learned from them.");
        return ExitCode.Done;
    }

    internal static WebApplication Build(ParseResult parsed) => GatewayHost.Build(new HostRequest
    {
        Data = parsed.GetValue(CommonOptions.Data)!.FullName,
        Settings = RunVerb.Settings(
            [.. parsed.GetValue(Set) ?? [], "Logging:LogLevel:Default=None", "Logging:LogLevel:Microsoft.EntityFrameworkCore=None"]),
    });
}
