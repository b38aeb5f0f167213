using Gateway.Imaging.Files;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TrainingWorker.Data;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

/// <summary>A manifest of the archive as training data.</summary>
public sealed class ManifestDataTests : IDisposable
{
    private const int Side = 8;
    private static readonly IReadOnlyList<ModalityProfile> Pair = [ShippedModalities.T2, ShippedModalities.Ct];
    private readonly TemporaryDirectory _folder = new();
    private readonly FolderObjectStore _objects;

    public ManifestDataTests() => _objects = new(new DataDirectory(_folder.Path).Create());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_split_goes_where_it_belongs_and_all_sixteen_bits_arrive()
    {
        var manifest = await ManifestAsync(
            await SampleAsync("t2", ArchiveSplit.Train, 1), await SampleAsync("t2", ArchiveSplit.Test, 2),
            await SampleAsync("ct", ArchiveSplit.Validation, 3),
            await SampleAsync("ct", ArchiveSplit.Train, 4), await SampleAsync("pd", ArchiveSplit.Train, 5));

        var (data, missing) = await ManifestData.LoadAsync(manifest, _objects, Pair, neighbours: 0, Cancel);

        var (t2, ct) = (data[TinyHeads.T2], data[TinyHeads.Ct]);
        Assert.Equal(
            (1, 0, 1, 1, 1, 0, 0),
            (t2.Train.Count, t2.Validation.Count, t2.Test.Count, ct.Train.Count, ct.Validation.Count, ct.Test.Count, missing));
        using var scope = NewDisposeScope();
        Assert.Equal(Enumerable.Range(0, Side * Side).Select(i => (100 + 10_000 + i) / 32767f), Batches.Stack(t2.Train).data<float>());
    }

    [Fact]
    public async Task Neighbours_are_trained_on_if_asked_for_and_never_judged_by()
    {
        var manifest = await ManifestAsync(
            await SampleAsync("t2", ArchiveSplit.Train, 1), await SampleAsync("t2", ArchiveSplit.Train, 2, slices: 2, centre: 0),
            await SampleAsync("t2", ArchiveSplit.Test, 3));

        var side = (await ManifestData.LoadAsync(manifest, _objects, Pair, neighbours: 1, Cancel)).Data[TinyHeads.T2];

        Assert.Equal(["0", "1", "1", "2", "3"], side.Train.Select(picture => picture.Name.Split('.')[1]).Order());
        Assert.Equal("2", Assert.Single(side.Test).Name.Split('.')[1]);
    }

    [Fact]
    public async Task What_was_erased_is_left_out_and_counted()
    {
        var (gone, stays) = (await SampleAsync("t2", ArchiveSplit.Train, 1), await SampleAsync("t2", ArchiveSplit.Train, 2));
        var manifest = await ManifestAsync(gone, stays);
        File.Delete(ObjectFile.Of(new DataDirectory(_folder.Path), gone.Sha256));

        var (data, missing) = await ManifestData.LoadAsync(manifest, _objects, Pair, neighbours: 0, Cancel);

        Assert.Equal((1, $"{stays.Sha256}.2"), (missing, Assert.Single(data[TinyHeads.T2].Train).Name));
    }

    [Fact]
    public async Task An_object_of_another_form_than_the_manifest_says_is_refused() =>
        await Assert.ThrowsAsync<InvalidDataException>(async () => await ManifestData.LoadAsync(
            await ManifestAsync(await SampleAsync("t2", ArchiveSplit.Train, 1) with { Slices = 4 }), _objects, Pair,
            neighbours: 0, Cancel));

    public void Dispose() => _folder.Dispose();

    /// <summary>Slice z has the stored numbers 100 n + 5000 z + i.</summary>
    private async Task<ManifestEntry> SampleAsync(string modality, ArchiveSplit split, int n, int slices = 5, int centre = 2)
    {
        var values = Enumerable.Range(0, slices)
            .SelectMany(z => Enumerable.Range(0, Side * Side).Select(i => (100 * n + 5000 * z + i) / 32767f));
        var bytes = NiftiFile.Encode(
            new(Side, Side, slices, AffineTransform3D.Identity, [.. values]),
            new() { Number = NiftiNumber.Int16, Slope = 1.0 / short.MaxValue });
        return new(await ((IObjectStore)_objects).PutAsync(bytes, Cancel), modality, split, slices, centre, 0, 1);
    }

    private Task<string> ManifestAsync(params ManifestEntry[] samples) => ((IObjectStore)_objects).PutAsync(new ManifestDocument
    {
        Format = ManifestDocument.CurrentFormat, Pair = "t2-ct", Subjects = samples.Length, Counts = [], Samples = samples,
    }.Encode(), Cancel);
}
