using Gateway.Contracts.Reasons;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;
using Gateway.TranslationWorker;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.RealVolumes;

/// <summary>The worker's own way of a series: header rules, then the translator with the shipped models, references and limits.</summary>
internal sealed class Judge(string pictures) : IDisposable
{
    private static readonly Microsoft.Extensions.Options.IOptions<ModelOptions> Shipped = MsOptions.Create(new ModelOptions());
    private readonly ModelCatalog _models = new(Shipped, NullLogger<ModelCatalog>.Instance);
    private readonly ReferenceCatalog _references = new(Shipped);

    public void Dispose() => _models.Dispose();

    public Judged Of(NamedSeries series)
    {
        Console.Error.WriteLine($"{series.Name}, {series.Files.Count} files");
        try
        {
            return Judged(series);
        }
        catch (DicomException e)
        {
            return new(series, "none", series.Files.Count, "refused", Words([ReasonCode.Malformed.Because(e.Message)]), "");
        }
    }

    private Judged Judged(NamedSeries series)
    {
        var headers = series.Files.Select(file => DicomFile.Open(file, FileReadOption.SkipLargeTags).Dataset).ToList();
        var modality = headers[0].GetSingleValueOrDefault(DicomTag.Modality, "none");
        var verdict = new StackChooser(new(ShippedModalities.Table)).Choose([.. series.Files.Select(SourceInstance.File)]).Verdict;
        if (verdict.Direction is not { } direction)
            return new(series, modality, headers.Count, "ineligible", Words(verdict.Reasons), "");
        try
        {
            var result = Translate(direction, series);
            return new(
                series, modality, headers.Count, result.Derived.Count > 0 ? "translated" : "held", Words(result.Reasons), Figures(result));
        }
        catch (VolumeException e)
        {
            return new(series, modality, headers.Count, "ineligible", Words([e.Reason]), "");
        }
    }

    private TranslatedSeries Translate(Direction direction, NamedSeries series)
    {
        var translator = new SeriesTranslator(
            ShippedModalities.Table, _models, _references, MsOptions.Create(new SiteOptions()), MsOptions.Create(new TranslationOptions()),
            TimeProvider.System);
        var result = translator.Translate(direction, [.. series.Files.Select(SourceInstance.File)], DateTimeOffset.UnixEpoch);
        Directory.CreateDirectory(pictures);
        File.WriteAllBytes(Path.Combine(pictures, series.Name.Replace('/', '_') + ".png"), result.Sheet);
        return result;
    }

    private static string Words(IEnumerable<Reason> reasons) =>
        string.Join("; ", reasons.Select(reason => $"`{reason.Code}`: {reason.Text}"));

    private static string Figures(TranslatedSeries result) =>
        FormattableString.Invariant($"{result.NccBefore:0.000} > {result.NccAfter:0.000} | {result.GateScore:0.00}");
}
