using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Gateway.Hosting;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Gateway.TranslationWorker;

namespace Gateway.Cli;

/// <summary><c>gateway archive import</c>: heads that lie in folders into the archive, as if a scanner had sent them.</summary>
internal static class ArchiveImportVerb
{
    private static readonly Argument<DirectoryInfo[]> Folders = new("folders")
    {
        Description = "Folders of DICOM files, searched below: each series that the rules take for a T2 or a head CT.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary><c>--t2</c> and <c>--ct</c>.</summary>
    private static readonly Dictionary<ModalityProfile, Option<string[]>> Named = ShippedModalities.Table.Profiles.ToDictionary(
        profile => profile,
        profile => new Option<string[]>($"--{profile.Modality.Code}")
        {
            Description = $"NIfTI file of a {profile.Caption}, or folder of them{(profile.IsHounsfield ? ", or folder of windowed slices in PNG" : "")} (repeatable).",
        });

    private static readonly Option<string> Subject = new("--subject")
    {
        Description = "Regular expression: what it matches of a NIfTI file's name is the patient. Two series of one patient must give the same.",
        DefaultValueFactory = _ => "^[^._]+",
    };

    private static readonly Option<string> Caller = new("--calling-ae")
    {
        Description = "AE title they are counted under, and judged by Archive:AllowCallers and DenyCallers.",
        DefaultValueFactory = _ => "",
    };

    public static Command Create() => Verb.Create(
        "import", "Put heads that lie in folders into the archive: DICOM, NIfTI, slices in PNG. What is there already is passed over.",
        [Folders, .. Named.Values, Subject, Caller, ArchiveVerb.Set, CommonOptions.Data, CommonOptions.Json], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var sources = Sources(parsed);
        if (sources.Count == 0)
            throw new VerbException("archive import wants folders of DICOM, --t2 or --ct.", ExitCode.Usage);
        await using var app = ArchiveVerb.Build(parsed);
        var services = app.Services.GetServices<IHostedService>().ToList();
        await services.OfType<DatabaseMigration>().Single().StartingAsync(cancel);
        if (app.Services.GetRequiredService<ModelCatalog>().IsOfRegistry)
            await services.OfType<ModelWatch>().Single().LookAsync(cancel);    // the champions say how a slice is prepared
        var import = ActivatorUtilities.CreateInstance<ArchiveImport>(app.Services);
        var (results, clock) = (new List<ImportResult>(), Stopwatch.StartNew());
        var progress = new LineProgress(Console.Error, () => clock.Elapsed);
        foreach (var source in sources)
        {
            cancel.ThrowIfCancellationRequested();
            var (head, objections) = source.Open();
            var result = head is null
                ? new(ImportVerdict.Ineligible, objections) : await import.AddAsync(head, parsed.GetValue(Caller)!, cancel);
            results.Add(result);
            progress.Report(
                $"{results.Count}/{sources.Count} {source.Name}: {string.Join(' ', result.Reasons.Select(reason => reason.Code).Prepend(Kebab.Of(result.Verdict.ToString())))}");
        }
        Show(parsed, results, clock.Elapsed);
        return ExitCode.Done;
    }

    private static List<HeadSource> Sources(ParseResult parsed)
    {
        var subject = Pattern(parsed.GetValue(Subject)!);
        return
        [
            .. (parsed.GetValue(Folders) ?? []).SelectMany(HeadSource.OfDicom),
            .. Named.SelectMany(
                option => (parsed.GetValue(option.Value) ?? []).SelectMany(path => HeadSource.OfFiles(path, option.Key, subject))),
        ];
    }

    private static Regex Pattern(string text)
    {
        try
        {
            return new(text, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException e)
        {
            throw new VerbException($"--subject: {e.Message}", ExitCode.Usage);
        }
    }

    private static void Show(ParseResult parsed, List<ImportResult> results, TimeSpan took)
    {
        var verdicts = Enum.GetValues<ImportVerdict>()
            .ToDictionary(verdict => Kebab.Of(verdict.ToString()), verdict => results.Count(one => one.Verdict == verdict));
        var reasons = results.SelectMany(one => one.Reasons.Select(reason => reason.Code).Distinct()).CountBy(code => code)
            .OrderByDescending(one => one.Value).ToDictionary();
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonLine.Write(new { heads = results.Count, verdicts, reasons, seconds = Math.Round(took.TotalSeconds, 1) });
            return;
        }
        foreach (var (code, count) in reasons)
            Console.WriteLine($"{code}: {count}");
        Console.WriteLine(
            $"{results.Count} heads: {string.Join(", ", verdicts.Where(one => one.Value > 0).Select(one => $"{one.Value} {one.Key}"))}.");
    }
}
