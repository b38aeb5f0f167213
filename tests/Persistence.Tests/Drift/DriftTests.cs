using Gateway.Testing;
using Microsoft.Extensions.Time.Testing;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.Persistence.Tests;

/// <summary>Two scanners, one of which changes.</summary>
public sealed class DriftTests
{
    private const string North = "MR_NORTH", South = "MR_SOUTH";
    private static readonly DateTimeOffset Thursday = new(2026, 11, 26, 15, 0, 0, TimeSpan.Zero);    // of 2026-W48
    private static readonly string Grey = MeasureName.GreyOf(50);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_scanner_that_drifts_raises_the_index_and_is_named_with_the_figure(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await ArchiveAsync(database, manifest: true);
        await SeeAsync(database, Thursday.AddDays(-1), North, 40, seed: 1);
        await SeeAsync(database, Thursday.AddDays(-2), South, 40, seed: 2, grey: x => x * 0.6, gate: x => x + 0.4);

        var drift = await ReadAsync(database);

        Assert.Equal((DriftLevel.Suggest, DriftReferenceKind.Manifest, "2026-W48"), (drift.Level, drift.Reference, drift.Judged!.Name));
        Assert.Equal([MeasureName.GateScore, Grey], drift.Reasons.Select(reason => reason.Measure).Order(StringComparer.Ordinal));
        Assert.All(drift.Reasons, reason => Assert.Equal(South, reason.CallingAe));
        Assert.All(drift.Reasons, reason => Assert.Contains(South, reason.Text, StringComparison.Ordinal));
        Assert.All(
            drift.Weeks[^1].Stability.Where(index => index.Key == MeasureName.NccAfter), index => Assert.False(index.Value.Exceeds(0.1)));
        Assert.True(drift.Vendors.Single(vendor => vendor.Name == "Siemens").Stability[Grey].Exceeds(0.25));
    }

    [Theory, EachDatabase]
    public async Task Scanners_that_do_not_drift_raise_nothing(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await ArchiveAsync(database, manifest: true);
        await SeeAsync(database, Thursday, North, 40, seed: 1);
        await SeeAsync(database, Thursday, South, 40, seed: 2);

        var drift = await ReadAsync(database);

        Assert.Empty(drift.Reasons);
        Assert.Equal(4, drift.Judged!.Stability.Count);
    }

    [Theory, EachDatabase]
    public async Task With_too_few_series_nothing_is_said(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await ArchiveAsync(database, manifest: true);
        await SeeAsync(database, Thursday, South, 19, seed: 2, grey: x => x * 0.1, heldBy: "ncc-low");

        var drift = await ReadAsync(database);

        Assert.Null(drift.Judged);
        Assert.Empty(drift.Reasons);
        Assert.Empty(drift.Callers);
        Assert.Empty(drift.Weeks[^1].Stability);
        Assert.Equal((19, 19), (drift.Weeks[^1].Series, drift.Weeks[^1].Held));
    }

    [Theory, EachDatabase]
    public async Task Without_a_manifest_a_week_is_compared_with_what_was_archived_before_it(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await ArchiveAsync(database, manifest: false);
        await SeeAsync(database, Thursday.AddDays(-7), North, 40, seed: 1);
        await SeeAsync(database, Thursday, South, 40, seed: 2, grey: x => x * 0.6);

        var drift = await ReadAsync(database);

        Assert.Equal((DriftReferenceKind.Archive, (string?)null, 200), (drift.Reference, drift.Manifest, drift.ReferenceRows));
        Assert.Equal([Grey], drift.Reasons.Where(reason => reason.Measure is not null).Select(reason => reason.Measure!));
    }

    [Theory, EachDatabase]
    public async Task Without_an_archive_a_week_is_compared_with_those_before_it(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await SeeAsync(database, Thursday.AddDays(-14), South, 60, seed: 1);
        await SeeAsync(database, Thursday.AddDays(-7), South, 60, seed: 2);
        await SeeAsync(database, Thursday, South, 60, seed: 3, grey: x => x * 0.6);

        var drift = await ReadAsync(database);

        Assert.Equal((DriftReferenceKind.EarlierWeeks, 120), (drift.Reference, drift.ReferenceRows));
        Assert.Empty(drift.Weeks[^3].Stability);    // nothing was before it
        Assert.Equal((Grey, South), (Assert.Single(drift.Reasons).Measure, drift.Reasons[0].CallingAe));
    }

    [Theory, EachDatabase]
    public async Task A_held_share_that_doubles_is_told_with_its_codes_and_its_sender(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        foreach (var caller in (string[])[North, South])
        {
            await SeeAsync(database, Thursday.AddDays(-7), caller, 90, seed: 1);
            await SeeAsync(database, Thursday.AddDays(-7), caller, 10, seed: 1, heldBy: "ghosts");
        }
        await SeeAsync(database, Thursday, North, 50, seed: 2);
        await SeeAsync(database, Thursday, South, 25, seed: 3);
        await SeeAsync(database, Thursday, South, 25, seed: 4, heldBy: "ncc-low");

        var drift = await ReadAsync(database);

        Assert.Equal([null, South], drift.Reasons.Select(reason => reason.CallingAe));
        Assert.All(drift.Reasons, reason => Assert.Contains("ncc-low 25", reason.Text, StringComparison.Ordinal));
        Assert.Equal((25, "ncc-low"), (drift.Callers.Single(caller => caller.Name == South).Held, drift.Judged!.HeldBy.Single().Key));
    }

    [Theory, EachDatabase]
    public async Task Patients_that_the_champion_did_not_learn_from_are_a_reason_once_they_are_many(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await ArchiveAsync(database, manifest: true);
        await SamplesAsync(database, "new", North, 9, seed: 7);

        Assert.Empty((await ReadAsync(database, new() { NewSubjects = 10 })).Reasons);
        var reason = Assert.Single((await ReadAsync(database, new() { NewSubjects = 9 })).Reasons);

        Assert.Equal((DriftLevel.Suggest, 9.0), (reason.Level, reason.Value));
    }

    [Fact]
    public void A_week_begins_on_monday_and_is_named_by_ISO_8601()
    {
        Assert.Equal(new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), DriftWeek.Of(Thursday));
        Assert.Equal("2026-W53", Week(new(2027, 1, 3, 23, 59, 0, TimeSpan.Zero)).Name);
        Assert.Equal("2027-W01", Week(new(2027, 1, 4, 0, 0, 0, TimeSpan.Zero)).Name);
        Assert.Equal("2027-W01", Week(new(2027, 1, 11, 0, 30, 0, TimeSpan.FromHours(1))).Name);    // still Sunday in UTC

        static DriftWeek Week(DateTimeOffset at) =>
            new()
            {
                From = DriftWeek.Of(at),
                Series = 0,
                HeldBy = new Dictionary<string, int>(),
                Rejected = 0,
                Stability = new Dictionary<string, StabilityIndex>(),
            };
    }

    private static async Task<ProfileDrift> ReadAsync(TestDatabase database, DriftOptions? options = null) =>
        Assert.Single(
            await new DriftQueries(database.Contexts, MsOptions.Create(options ?? new()), new FakeTimeProvider(Thursday.AddHours(1)))
                .ReadAsync(Cancel));

    private static async Task ArchiveAsync(TestDatabase database, bool manifest)
    {
        var samples = await SamplesAsync(database, "north", North, 100, seed: 11);
        samples = [.. samples, .. await SamplesAsync(database, "south", South, 100, seed: 12)];
        if (!manifest)
            return;
        await using var db = database.Open();
        db.Manifests.Add(new() { Digest = "m", Pair = "t2-ct", CreatedAt = Rows.Noon, Samples = samples.Count, Subjects = samples.Count });
        db.ManifestSamples.AddRange(samples.Select(sample => new ManifestSample
        {
            ManifestDigest = "m", Sha256 = sample.Sha256, Modality = sample.Modality, Split = sample.Split, Subject = sample.Subject,
            SubjectOfAnyIssuer = sample.SubjectOfAnyIssuer, CallingAe = sample.CallingAe, Vendor = sample.Vendor,
        }));
        db.Models.Add(new()
        {
            Digest = "champion", Direction = "t2-ct", Name = "n", Version = "1", State = ModelState.Champion, ManifestDigest = "m",
            CreatedAt = Rows.Noon,
        });
        await db.SaveChangesAsync(Cancel);
    }

    private static async Task<List<ArchiveSample>> SamplesAsync(TestDatabase database, string name, string caller, int count, int seed)
    {
        await using var db = database.Open();
        var figures = Figures(count, seed, x => x, x => x);
        var samples = Enumerable.Range(0, count)
            .Select(i => Rows.Sample(Rows.NewId(), $"{name}{i}", $"{name}{i}", caller, figures[i])).ToList();
        db.AddRange(samples);
        await db.SaveChangesAsync(Cancel);
        return samples;
    }

    private static async Task SeeAsync(
        TestDatabase database, DateTimeOffset at, string caller, int count, int seed, Func<double, double>? grey = null,
        Func<double, double>? gate = null, string? heldBy = null)
    {
        await using var db = database.Open();
        foreach (var measures in Figures(count, seed, grey ?? (x => x), gate ?? (x => x)))
        {
            var study = Rows.Study($"2.25.{Rows.NewId():N}", state: SeriesState.Translated);
            db.Add(study);
            db.Add(new Observation
            {
                SeriesId = study.Series[0].Id, Revision = 1, Modality = "t2", At = at, CallingAe = caller, HeldBy = heldBy,
                Measures = measures,
                Vendor = caller == South ? ScannerVendor.Siemens : ScannerVendor.Ge,
            });
        }
        await db.SaveChangesAsync(Cancel);
    }

    private static Dictionary<string, double>[] Figures(int count, int seed, Func<double, double> grey, Func<double, double> gate)
    {
        var normal = StabilityIndexTests.Values(3 * count, seed);
        return
        [
            .. Enumerable.Range(0, count).Select(i => new Dictionary<string, double>
            {
                [Grey] = grey(0.2 + 0.05 * normal[3 * i]), [MeasureName.GateScore] = gate(0.5 + 0.1 * normal[3 * i + 1]),
                [MeasureName.NccAfter] = 0.9 + 0.01 * normal[3 * i + 2], [MeasureName.CycleError] = 0.02,
            }),
        ];
    }
}
