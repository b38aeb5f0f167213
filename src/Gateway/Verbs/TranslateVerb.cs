using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using Gateway.Imaging.Modalities;
using Gateway.TranslationWorker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.Cli;

/// <summary><c>gateway translate DIR</c>: translates a folder into derived series and sheets, without a server.</summary>
internal static class TranslateVerb
{
    private static readonly Argument<DirectoryInfo> Folder = new("folder") { Description = "Folder with one or more DICOM series." };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Where derived series and sheets go.",
        DefaultValueFactory = _ => new DirectoryInfo("translated"),
    };

    private static readonly Option<DirectoryInfo?> Models = new(
        "--models")
    { Description = "Folder of models and references (the shipped ones by default)." };

    private static readonly Option<SliceCoverage> Slices = new("--slices")
    {
        Description = "chosen: the slice at the reference's level; all: every slice of the brain, in a folder of its own.",
        DefaultValueFactory = _ => SliceCoverage.Chosen,
    };

    private static readonly Option<bool> Uncertainty = new("--uncertainty") { Description = "The cycle error on the sheet as well." };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "A setting of Translation or Gateway, Section:Key=value (repeatable); those of the environment count as well.",
    };

    public static Command Create() => Verb.Create(
        "translate", "Translate the eligible series of a folder, without servers.",
        [Folder, Out, Models, Slices, Uncertainty, Set, CommonOptions.Json], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var options = MsOptions.Create(new ModelOptions { Directory = parsed.GetValue(Models)?.FullName ?? "" });
        using var models = new ModelCatalog(options, NullLogger<ModelCatalog>.Instance);
        var settings = Settings(parsed);
        var translator = new SeriesTranslator(
            ShippedModalities.Table, models, new ReferenceCatalog(options),
            MsOptions.Create(Bound<SiteOptions>(settings, SiteOptions.Section)),
            MsOptions.Create(Bound<TranslationOptions>(settings, TranslationOptions.Section)), TimeProvider.System);
        var results = new List<object>();
        foreach (var series in Series(DicomFolder.Files(parsed.GetValue(Folder)!)))
        {
            cancel.ThrowIfCancellationRequested();
            results.Add(await TranslateAsync(series.Key, [.. series], translator, parsed.GetValue(Out)!.FullName));
        }
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(new { series = results });
        return ExitCode.Done;
    }

    /// <summary>As a server would have them, and over them what the command line says.</summary>
    private static IConfiguration Settings(ParseResult parsed)
    {
        var said = RunVerb.Settings(parsed.GetValue(Set) ?? []);
        if (said.Keys.FirstOrDefault(key => key.Split(':')[0] is not (TranslationOptions.Section or SiteOptions.Section)) is { } other)
            throw new VerbException($"--set {other}: translate has settings of Translation and Gateway alone.", ExitCode.Usage);
        if (parsed.GetResult(Slices) is { Implicit: false })
            said[$"{TranslationOptions.Section}:{nameof(TranslationOptions.Slices)}"] = $"{parsed.GetValue(Slices)}";
        if (parsed.GetValue(Uncertainty))
            said[$"{TranslationOptions.Section}:{nameof(TranslationOptions.Uncertainty)}"] = "true";
        return new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(said).Build();
    }

    private static T Bound<T>(IConfiguration settings, string section)
        where T : class, new()
    {
        try
        {
            var bound = settings.GetSection(section).Get<T>() ?? new();
            Validator.ValidateObject(bound, new ValidationContext(bound), validateAllProperties: true);
            if (bound is SiteOptions site)
                _ = site.Zone;
            return bound;
        }
        catch (Exception e) when (e is InvalidOperationException or ValidationException or TimeZoneNotFoundException)
        {
            throw new VerbException($"The settings of {section}: {e.Message}", ExitCode.Usage);
        }
    }

    private static IEnumerable<IGrouping<string, (string Path, DicomDataset Header)>> Series(IEnumerable<string> files) =>
        files.Select(f => (Path: f, Header: DicomFile.Open(f, FileReadOption.SkipLargeTags).Dataset))
            .GroupBy(f => f.Header.GetSingleValueOrDefault(DicomTag.SeriesInstanceUID, ""));

    private static async Task<object> TranslateAsync(
        string uid, List<(string Path, DicomDataset Header)> files, SeriesTranslator translator, string outFolder)
    {
        var sources = files.ConvertAll(f => SourceInstance.File(f.Path));
        var choice = new StackChooser(new(ShippedModalities.Table)).Choose(sources);
        foreach (var reason in choice.SetAside)
            await Console.Error.WriteLineAsync($"Series {uid}, left out: {reason.Text}");
        var verdict = choice.Verdict;
        if (verdict.Direction is not { } direction)
        {
            foreach (var reason in verdict.Reasons)
                await Console.Error.WriteLineAsync($"Series {uid} is not eligible: {reason.Code}. {reason.Text}");
            return new { seriesInstanceUid = uid, state = "ineligible", reasons = verdict.Reasons };
        }
        var progress = new Progress<string>(stage => Console.Error.WriteLine($"Series {uid}: {stage}"));
        var result = translator.Translate(direction, sources, TimeProvider.System.GetUtcNow(), progress: progress);

        Directory.CreateDirectory(outFolder);
        var sheet = Path.Combine(outFolder, uid + ".png");
        await File.WriteAllBytesAsync(sheet, result.Sheet);
        var derived = await SaveAsync(result, outFolder);
        string? montage = null;
        if (result.Montage is not null)
            await File.WriteAllBytesAsync(montage = Path.Combine(outFolder, uid + ".montage.png"), result.Montage);
        Console.WriteLine($"Series {uid} {direction}: {(derived is null ? "held" : derived)}, sheet {sheet}");
        return new
        {
            seriesInstanceUid = uid,
            state = derived is null ? "held" : "translated",
            reasons = result.Reasons,
            setAside = choice.SetAside,
            direction = direction.Name,
            chosenSlice = result.ChosenSlice,
            nccBefore = result.NccBefore,
            nccAfter = result.NccAfter,
            gateScore = result.GateScore,
            derived,
            slices = result.Derived.Count,
            sheet,
            montage,
            seconds = result.Seconds,
        };
    }

    /// <returns>The only file, or the folder if there are several; null when the series is held.</returns>
    private static async Task<string?> SaveAsync(TranslatedSeries result, string outFolder)
    {
        if (result.Derived.Count == 0)
            return null;
        if (result.IsReported)
            await SaveAsync(ResultReport.Write(result, SeriesNumbers.OfReport(Number(result), new HashSet<int>())), outFolder);
        if (result.Montage is null)
            return await SaveAsync(result.Derived[0], outFolder);
        var folder = Path.Combine(outFolder, result.Derived[0].Dataset.GetSingleValue<string>(DicomTag.SeriesInstanceUID));
        Directory.CreateDirectory(folder);
        foreach (var file in result.Derived)
            await SaveAsync(file, folder);
        return folder;
    }

    private static int Number(TranslatedSeries result) => result.Derived[0].Dataset.GetSingleValue<int>(DicomTag.SeriesNumber);

    private static async Task<string> SaveAsync(DicomFile file, string folder)
    {
        var path = Path.Combine(folder, file.Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID) + ".dcm");
        await file.SaveAsync(path);
        return path;
    }
}
