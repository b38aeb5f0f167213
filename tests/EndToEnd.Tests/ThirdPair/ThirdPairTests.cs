using Gateway.DicomNetwork.Tests;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Microsoft.EntityFrameworkCore;

namespace Gateway.EndToEnd.Tests.ThirdPair;

/// <summary>A third pair is one profile and one folder of models: what it takes is all in this folder.</summary>
public sealed class ThirdPairTests : IDisposable
{
    /// <summary>Of a CT, outside the head.</summary>
    private const short Air = -1000;

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory, EachDatabase]
    public async Task A_proton_density_study_goes_the_whole_way_by_one_profile_and_one_folder_of_models(DatabaseProvider provider)
    {
        using var pacs = await DcmtkServer.StartAsync();
        await using var database = await TestDatabase.CreateAsync(provider);
        var (models, source) = (Directory.CreateDirectory(_folder.Combine("models")).FullName, _folder.Combine("study"));
        ProtonDensity.WriteModels(models);
        Scanner.Write(source, PhantomKind.ProtonDensity, seed: 3);

        await using (var gateway = await ComposedGateway.StartAsync(database, models, ProtonDensity.Profile, Pacs(pacs.Port)))
        {
            (await gateway.StorescuAsync(source)).Succeeded();
            await FinishedAsync(database);
        }

        await using var db = database.Open();
        var received = await db.Series.SingleAsync(s => s.Origin == SeriesOrigin.Received, Cancel);
        var derived = await db.Series.Include(s => s.Pictures).SingleAsync(s => s.Origin == SeriesOrigin.Derived, Cancel);
        Assert.Equal(("pd-ct", SeriesState.Delivered), (received.Direction, received.State));
        Assert.Equal(("pd-ct", "CT", "identity pd-ct 1"), (derived.Direction, derived.Modality, derived.ModelName));
        Assert.Contains(derived.Pictures, picture => picture.Kind == "synthetic");
        Assert.DoesNotContain(derived.Pictures, picture => picture.Kind == "cycle");
        IsTheSourceAsCt(Assert.Single(pacs.Files), source);
        var study = (await db.FhirResources.SingleAsync(r => r.Type == "ImagingStudy", Cancel)).Json;
        Assert.Contains(derived.SeriesInstanceUid, study, StringComparison.Ordinal);
        Assert.Contains(@"DERIVED\\SECONDARY\\AXIAL", study, StringComparison.Ordinal);
    }

    /// <summary>The identity's picture: the source's grey values, stretched over the window of CT numbers that the model names.</summary>
    private void IsTheSourceAsCt(string delivered, string source)
    {
        DerivedObject.IsValidBeside(delivered, source);
        var derived = DicomFile.Open(delivered).Dataset;
        Assert.Equal("CT", derived.GetString(DicomTag.Modality));
        Assert.Equal("PD-CT", derived.GetSequence(DicomTag.DerivationCodeSequence).Last().GetString(DicomTag.CodeValue));
        Assert.StartsWith(
            "SYNTHETIC, research only. CT from proton-density-weighted MR by identity pd-ct 1",
            derived.GetString(DicomTag.DerivationDescription), StringComparison.Ordinal);
        var chosen = derived.GetSequence(DicomTag.SourceImageSequence).Single().GetString(DicomTag.ReferencedSOPInstanceUID);
        var slice = Directory.GetFiles(source).Select(file => DicomFile.Open(file).Dataset)
            .Single(d => d.GetString(DicomTag.SOPInstanceUID) == chosen);
        var pairs = derived.GetValues<short>(DicomTag.PixelData).Zip(slice.GetValues<ushort>(DicomTag.PixelData)).ToList();
        var head = pairs.FindAll(pair => pair.First > Air);
        Assert.True(head.Count > pairs.Count / 5, $"{head.Count} pixels of a head");
        Assert.All(head, pair => Assert.InRange(pair.First, -20, 100));
        Assert.True(Correlation(head) > 0.95, $"the source and the identity of it correlate {Correlation(head)}");
    }

    private static double Correlation(List<(short Made, ushort Given)> pairs)
    {
        var (x, y) = (pairs.Average(p => (double)p.Made), pairs.Average(p => (double)p.Given));
        double Sum(Func<double, double, double> of) => pairs.Sum(p => of(p.Made - x, p.Given - y));
        return Sum((a, b) => a * b) / Math.Sqrt(Sum((a, _) => a * a) * Sum((_, b) => b * b));
    }

    /// <summary>Delivered, and its FHIR resources are those of a study with a derived series.</summary>
    private static Task FinishedAsync(TestDatabase database) => Eventually.TrueAsync(
        async () =>
        {
            await using var db = database.Open();
            var seen = await db.Series.AsNoTracking().ToListAsync(Cancel);
            var stuck = seen.Find(s => s.State is SeriesState.Ineligible or SeriesState.Held or SeriesState.Failed);
            Assert.True(stuck is null, $"{stuck?.State}: {string.Join(", ", stuck?.Reasons.Select(r => r.Text) ?? [])}");
            Assert.Empty(await db.Failures.AsNoTracking().Select(f => f.Text).ToListAsync(Cancel));
            return seen.Count == 2 && seen.TrueForAll(s => s.State == SeriesState.Delivered)
                && await db.FhirResources.AnyAsync(r => r.Type == "Provenance", Cancel);
        },
        "the study is translated, delivered and published",
        TimeSpan.FromMinutes(2));

    private static Dictionary<string, string?> Pacs(int port) => new()
    {
        ["Delivery:Destinations:0:Name"] = "pacs",
        ["Delivery:Destinations:0:Host"] = "127.0.0.1",
        ["Delivery:Destinations:0:Port"] = $"{port}",
        ["Delivery:Destinations:0:CalledAe"] = "ARCHIVE",
    };
}
