using Gateway.Testing;
using Microsoft.Extensions.Time.Testing;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.Persistence.Tests;

/// <summary>Readers who reject more of a model's results than before.</summary>
public sealed class ReaderDriftTests
{
    private static readonly DateTimeOffset Thursday = new(2026, 11, 26, 15, 0, 0, TimeSpan.Zero);    // of 2026-W48

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task More_rejections_than_before_and_than_chance_suggest_to_retrain(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await MakeAsync(database, Thursday.AddDays(-14), "one 1.0", 60, VerdictKind.Accepted, VerdictKind.Rejected);
        await MakeAsync(database, Thursday.AddDays(-1), "one 1.0", 30);
        await MakeAsync(database, Thursday.AddDays(-1), "two 1.0", 22, VerdictKind.Rejected, VerdictKind.Accepted, VerdictKind.Rejected);
        await MakeAsync(database, Thursday.AddDays(-1), "two 1.0", 2, VerdictKind.Rejected, VerdictKind.Accepted, VerdictKind.Commented);
        await MakeAsync(database, Thursday.AddDays(-700), "old 1.0", 2, VerdictKind.Rejected);
        var queries = Queries(database);

        var drift = Assert.Single(await queries.ReadAsync(Cancel));
        var readers = await queries.ReadersAsync(Cancel);

        Assert.Equal((22, "2026-W48"), (drift.Judged!.Rejected, drift.Judged.Name));
        var reason = Assert.Single(drift.Reasons, reason => reason.Text.Contains("readers", StringComparison.Ordinal));
        Assert.Equal((DriftLevel.Suggest, "In 2026-W48 readers rejected 41% of 54 results, 10% before."), (reason.Level, reason.Text));
        Assert.Equal(
            [("one 1.0", 90, 0, 6), ("two 1.0", 24, 2, 22)],
            readers.Select(rate => (rate.Model, rate.Results, rate.Accepted, rate.Rejected)));
    }

    [Theory, EachDatabase]
    public async Task As_many_rejections_as_before_suggest_nothing(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await MakeAsync(database, Thursday.AddDays(-14), "one 1.0", 60, VerdictKind.Rejected);
        await MakeAsync(database, Thursday.AddDays(-1), "one 1.0", 60, VerdictKind.Rejected);

        Assert.Empty(Assert.Single(await Queries(database).ReadAsync(Cancel)).Reasons);
    }

    private static DriftQueries Queries(TestDatabase database) =>
        new(database.Contexts, MsOptions.Create(new DriftOptions()), new FakeTimeProvider(Thursday));

    /// <summary>Series with a result each; of those in the week two before the last one in ten was judged so, else all.</summary>
    private static async Task MakeAsync(
        TestDatabase database, DateTimeOffset at, string model, int count, params VerdictKind[] said)
    {
        await using var db = database.Open();
        for (var i = 0; i < count; i++)
        {
            var study = Rows.Study($"2.25.{Rows.NewId():N}", state: SeriesState.Translated);
            var made = new Series
            {
                Id = Rows.NewId(), StudyId = study.Id, SeriesInstanceUid = $"2.25.{Rows.NewId():N}", Origin = SeriesOrigin.Derived,
                State = SeriesState.Delivered, Revision = 1, DerivedFromSeriesId = study.Series[0].Id, CreatedAt = at, Direction = "t2-ct",
                ModelDigest = model, ModelName = model,
            };
            if (count < 60 || i % 10 == 0)
                made.Verdicts.AddRange(said.Select((kind, minute) => new ReaderVerdict
                {
                    Id = Rows.NewId(), SeriesId = made.Id, Kind = kind, At = at.AddMinutes(minute), By = "Anna", Why = "Because.",
                }));
            study.Series.Add(made);
            db.Add(study);
            db.Add(new Observation
            {
                SeriesId = study.Series[0].Id, Revision = 1, Modality = "t2", At = at, CallingAe = "MR", Vendor = ScannerVendor.Other,
            });
        }
        await db.SaveChangesAsync(Cancel);
    }
}
