using Gateway.Persistence;
using Gateway.Testing;
using Gateway.TranslationWorker.Tests.Archive;
using Gateway.Workshop.Phantom;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker.Tests.Drift;

/// <summary>Phantom patients through the worker's own handlers and the shipped models, as the drift sees them.</summary>
public sealed class ObservationFlowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Every_series_that_was_prepared_is_observed_with_the_figures_of_its_sample(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        var passed = await TranslateAsync(house, Patient(PhantomKind.HeadCt, 3), "CT_NORTH");
        var held = await TranslateAsync(house, Patient(PhantomKind.HeadCt, 5, new() { Contrast = 280 }), "CT_SOUTH");

        await using var db = house.Database.Open();
        var seen = await db.Observations.AsNoTracking().ToDictionaryAsync(row => row.SeriesId, Cancel);
        Assert.Equal(new[] { passed.Id, held.Id }.Order(), seen.Keys.Order());
        Assert.Equal(("ct", "CT_NORTH", (string?)null, 1), Said(seen[passed.Id]));
        Assert.Equal(("ct", "CT_SOUTH", "contrast-in-pixels", 1), Said(seen[held.Id]));
        var sample = Assert.Single(await house.SamplesAsync());
        Assert.Equal(sample.Measures.OrderBy(figure => figure.Key), seen[passed.Id].Measures.OrderBy(figure => figure.Key));
        Assert.All(seen.Values, row => Assert.Equal(MeasureName.OfDrift.Order(), row.Measures.Keys.Order()));
        Assert.All(seen.Values, row => Assert.InRange(row.Measures[MeasureName.CycleError], 0.001, 0.3));
        Assert.All(seen.Values, row => Assert.Equal(64, row.ModelDigest!.Length));
        double[] greys = [.. MeasureName.GreyPercents.Select(percent => seen[passed.Id].Measures[MeasureName.GreyOf(percent)])];
        Assert.Equal(greys.Order(), greys);
        Assert.All(greys, grey => Assert.InRange(grey, -1, 1));
    }

    [Theory, EachDatabase]
    public async Task A_later_revision_takes_the_place_of_the_one_before(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        var series = await TranslateAsync(house, Patient(PhantomKind.HeadCt, 3), "CT_NORTH");

        await using var db = house.Database.Open();
        await db.Series.Where(s => s.Id == series.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SeriesState.Queued).SetProperty(s => s.Revision, 2), Cancel);
        series.Revision = 2;
        await house.TranslateAsync(series);

        Assert.Equal(2, (await db.Observations.AsNoTracking().SingleAsync(Cancel)).Revision);
    }

    [Fact]
    public async Task What_a_synthetic_image_would_say_is_not_kept()
    {
        await using var house = await ArchiveHouse.CreateAsync(DatabaseProvider.Sqlite);
        var images = Patient(PhantomKind.HeadCt, 4);
        images.ForEach(image => image.AddOrUpdate(DicomTag.SyntheticData, "YES"));

        await TranslateAsync(house, images, "PACS");

        await using var db = house.Database.Open();
        Assert.Empty(await db.Observations.ToListAsync(Cancel));
    }

    [Fact]
    public void No_field_of_an_observation_could_hold_a_text_of_a_header() => Assert.Equal(
        ["CallingAe", "HeldBy", "Modality", "ModelDigest"],
        typeof(Observation).GetProperties().Where(property => property.PropertyType == typeof(string))
            .Select(property => property.Name).Order());

    private static (string, string, string?, int) Said(Observation row) => (row.Modality, row.CallingAe, row.HeldBy, row.Revision);

    private static async Task<Series> TranslateAsync(ArchiveHouse house, List<DicomDataset> images, string caller)
    {
        var series = await house.ReceiveAsync(images, caller);
        await house.DecideAsync(series);
        await house.TranslateAsync(series);
        return series;
    }

    private static List<DicomDataset> Patient(PhantomKind kind, ulong seed, PhantomFindings? findings = null) =>
        [.. PhantomSeries.Create(new PhantomSeriesOptions { Kind = kind, Seed = seed, Size = 192, Spacing = 1.2, Findings = findings })];
}
