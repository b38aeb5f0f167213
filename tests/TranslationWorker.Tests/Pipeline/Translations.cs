using Gateway.Testing;
using Gateway.TranslationWorker.Tests.Derived;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.TranslationWorker.Tests.Pipeline;

/// <summary>Series on disk through the worker's own pipeline with the shipped models.</summary>
internal sealed class Translations : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ModelCatalog _models = new(MsOptions.Create(new ModelOptions()), NullLogger<ModelCatalog>.Instance);
    private readonly ReferenceCatalog _references = new(MsOptions.Create(new ModelOptions()));

    public TranslatedSeries Run(Direction direction, SliceCoverage slices, IEnumerable<DicomDataset> images) =>
        Run(direction, new TranslationOptions { Slices = slices }, images);

    public TranslatedSeries Run(Direction direction, TranslationOptions options, IEnumerable<DicomDataset> images) =>
        Run(direction, options, [.. images.Select((image, i) => Save(new DicomFile(image), $"{i}.source"))]);

    public TranslatedSeries Run(Direction direction, TranslationOptions options, IReadOnlyList<string> files) =>
        new SeriesTranslator(
            ShippedModalities.Table, _models, _references, MsOptions.Create(new SiteOptions()), MsOptions.Create(options),
            TimeProvider.System)
            .Translate(direction, [.. files.Select(SourceInstance.File)], DerivedSample.Created);

    public string Save(DicomFile file, string name)
    {
        var path = _folder.Combine(name);
        file.Save(path);
        return path;
    }

    public void Dispose()
    {
        _models.Dispose();
        _folder.Dispose();
    }
}
