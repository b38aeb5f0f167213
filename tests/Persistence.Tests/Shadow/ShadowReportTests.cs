using Gateway.Testing;

namespace Gateway.Persistence.Tests;

public sealed class ShadowReportTests
{
    private static readonly string Champion = ShadowMeasure.OfChampion(ShadowMeasure.CycleError), Shadow = ShadowMeasure.OfShadow(
        ShadowMeasure.CycleError);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_shadow_is_compared_over_the_latest_revision_of_each_series(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        db.Models.Add(
            new() { Digest = "s", Direction = "ct-t2", Name = "n", Version = "1", State = ModelState.Shadow, CreatedAt = Rows.Noon });
        for (var i = 0; i < 40; i++)
        {
            var study = Rows.Study($"2.25.{i}", state: SeriesState.Translated);
            db.Add(study);
            db.Add(Result(study, revision: 1, champion: 0.5, shadow: 0.9, i));
            db.Add(Result(study, revision: 2, champion: 0.1, shadow: i < 20 ? 0.11 : 0.13, i));
        }
        await db.SaveChangesAsync(Cancel);

        var report = (await db.ShadowReportAsync("s", Cancel))!;

        Assert.Equal(40, report.Series);
        var cycle = Assert.Single(report.Comparisons, one => one.Measure == ShadowMeasure.CycleError);
        Assert.Equal(
            (40, 0.1, 0.12, 0.02),
            (cycle.Series, Math.Round(cycle.Champion!.Value, 9), Math.Round(cycle.Shadow!.Value, 9), Math.Round(cycle.Mean, 9)));
        // The standard error is 0.01 / sqrt(40).
        Assert.InRange(cycle.Low, 0.02 - 2.5 * 0.0016, 0.02 - 1.5 * 0.0016);
        Assert.InRange(cycle.High, 0.02 + 1.5 * 0.0016, 0.02 + 2.5 * 0.0016);
        Assert.Equal(ShadowReport.Shown, report.Worst.Count);
        Assert.All(report.Worst, row => Assert.Equal((2, 0.13), (row.Revision, row.Measures[Shadow])));
        Assert.Equal(cycle, (await db.ShadowReportAsync("s", Cancel))!.Comparisons.Single(one => one.Measure == ShadowMeasure.CycleError));
        Assert.Null(await db.ShadowReportAsync("unknown", Cancel));
    }

    [Theory, EachDatabase]
    public async Task A_model_that_translated_nothing_has_an_empty_report(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();
        db.Models.Add(
            new() { Digest = "s", Direction = "ct-t2", Name = "n", Version = "1", State = ModelState.Candidate, CreatedAt = Rows.Noon });
        await db.SaveChangesAsync(Cancel);

        var report = (await db.ShadowReportAsync("s", Cancel))!;

        Assert.Equal((0, 0, 0), (report.Series, report.Comparisons.Count, report.Worst.Count));
    }

    private static ShadowResult Result(Study study, int revision, double champion, double shadow, int second) => new()
    {
        SeriesId = study.Series[0].Id, Revision = revision, Digest = "s", ChampionDigest = "c", At = Rows.Noon.AddSeconds(second),
        Measures = new() { [Champion] = champion, [Shadow] = shadow },
    };
}
