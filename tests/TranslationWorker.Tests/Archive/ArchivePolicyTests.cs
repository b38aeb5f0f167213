using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker.Tests.Archive;

/// <summary>What may enter the archive, what leaves it, and what stays out for good.</summary>
public sealed class ArchivePolicyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Policies => new()
    {
        { "default", 1 }, { "disabled", 0 }, { "denied", 0 }, { "another denied", 1 }, { "allowed", 1 }, { "another allowed", 0 },
        { "word", 0 }, { "another word", 1 },
    };

    [Theory, MemberData(nameof(Policies))]
    public async Task The_house_says_what_is_kept(string name, int expected)
    {
        await using var house = await ArchiveHouse.CreateAsync(DatabaseProvider.Sqlite, Policy(name));
        await house.ArchiveAsync(await house.ReceiveAsync(Images(1)), Sample(1));

        Assert.Equal(expected, (await house.SamplesAsync()).Count);
        Assert.Equal(expected, house.SampleObjects().Count);
    }

    [Theory, EachDatabase]
    public async Task Whose_study_nobody_can_say_stays_out(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        var (nobody, conflict) = (await house.ReceiveAsync(Images(1)), await house.ReceiveAsync(Images(2)));
        await using (var db = house.Database.Open())
        {
            await db.Studies.Where(s => s.Id == nobody.StudyId)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.PatientId, (string?)null), Cancel);
            await db.Studies.Where(s => s.Id == conflict.StudyId)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.PatientConflict, true), Cancel);
        }
        await house.ArchiveAsync(nobody, Sample(1));
        await house.ArchiveAsync(conflict, Sample(2));

        Assert.Empty(await house.SamplesAsync());
        Assert.Empty(house.SampleObjects());
    }

    [Theory, EachDatabase]
    public async Task Another_revision_takes_the_place_of_the_one_before_and_one_that_may_not_enter_takes_it_out(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        var series = await house.ReceiveAsync(Images(1));
        await house.ArchiveAsync(series, Sample(1));
        series.Revision = 2;
        await house.ArchiveAsync(series, Sample(2));
        var row = Assert.Single(await house.SamplesAsync());
        Assert.Equal(2, row.Revision);
        Assert.Equal(2 / 32767f, house.Read(row).Voxels[0], 1e-6f);

        series.Revision = 3;
        await house.ArchiveAsync(series, null);
        Assert.Empty(await house.SamplesAsync());
    }

    [Theory, EachDatabase]
    public async Task A_series_that_is_found_ineligible_after_all_leaves(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        var series = await house.ReceiveAsync([.. Images(1).Take(3)]);
        await house.ArchiveAsync(series, Sample(1));

        await house.DecideAsync(series);

        Assert.Empty(await house.SamplesAsync());
    }

    [Theory, EachDatabase]
    public async Task An_erased_patient_leaves_nothing_and_does_not_come_back(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        await house.ArchiveAsync(await house.ReceiveAsync(Images(1)), Sample(1));
        await house.ArchiveAsync(await house.ReceiveAsync(Images(1, PhantomKind.T2)), Sample(2));
        await house.ArchiveAsync(await house.ReceiveAsync(Images(2)), Sample(3));

        Assert.Equal((2, 2), await ErasedAsync(house, " PHANTOM-1 ", null));
        Assert.Equal((0, 0), await ErasedAsync(house, "PHANTOM-1", null));

        var left = Assert.Single(await house.SamplesAsync());
        Assert.Equal([left.Sha256], house.SampleObjects());
        await house.ArchiveAsync(await house.ReceiveAsync(Images(1, PhantomKind.HeadCt, issuer: "LATER")), Sample(4));
        Assert.Equal([left.Sha256], house.SampleObjects());
        await using var db = house.Database.Open();
        Assert.Equal([house.Key.Of("", "PHANTOM-1").AnyIssuer], await db.ArchiveTombstones.Select(t => t.Subject).ToListAsync(Cancel));
    }

    [Theory, EachDatabase]
    public async Task Erased_under_an_issuer_the_patient_of_another_stays_and_one_without_goes(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        await house.ArchiveAsync(await house.ReceiveAsync(Images(1, issuer: "A")), Sample(1));
        await house.ArchiveAsync(await house.ReceiveAsync(Images(1, PhantomKind.T2, issuer: "B")), Sample(2));
        await house.ArchiveAsync(await house.ReceiveAsync(Images(1, study: "again")), Sample(3));

        Assert.Equal((2, 2), await ErasedAsync(house, "PHANTOM-1", "A"));

        Assert.Equal(house.Key.Of("B", "PHANTOM-1").Subject, Assert.Single(await house.SamplesAsync()).Subject);
    }

    [Theory, EachDatabase]
    public async Task An_erasure_between_object_and_row_leaves_no_row(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        var series = await house.ReceiveAsync(Images(1));
        await using var db = house.Database.Open();
        await house.ArchiveAsync(series, Sample(1));
        var stored = new StoredSample((await house.SamplesAsync())[0], house.Key.Of("", "PHANTOM-1"));
        await house.Erasure().EraseAsync("PHANTOM-1", null, Cancel);

        await house.Archive.ReplaceAsync(series, stored, db, Cancel);
        await db.SaveChangesAsync(Cancel);

        Assert.Empty(await house.SamplesAsync());
    }

    [Theory, EachDatabase]
    public async Task Under_another_key_nothing_enters_and_nothing_is_said_to_be_erased(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        await house.ArchiveAsync(await house.ReceiveAsync(Images(1)), Sample(1));
        await using (var db = house.Database.Open())
            await db.ArchiveSamples.ExecuteUpdateAsync(set => set.SetProperty(s => s.KeyId, "another"), Cancel);

        await house.ArchiveAsync(await house.ReceiveAsync(Images(2)), Sample(2));

        Assert.Single(await house.SamplesAsync());
        await Assert.ThrowsAsync<InvalidDataException>(() => house.Erasure().EraseAsync("PHANTOM-1", null, Cancel));
    }

    [Theory, EachDatabase]
    public async Task What_is_older_than_the_house_keeps_it_goes(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        await house.ArchiveAsync(await house.ReceiveAsync(Images(1)), Sample(1));
        await house.ArchiveAsync(await house.ReceiveAsync(Images(2)), Sample(2));
        await using (var db = house.Database.Open())
        {
            var first = house.Key.Of("", "PHANTOM-1").Subject;
            await db.ArchiveSamples.Where(s => s.Subject == first)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.EnteredOn, DateTimeOffset.UnixEpoch), Cancel);
        }

        Assert.Equal(1, await house.Erasure().ExpireAsync(DateTimeOffset.UnixEpoch.AddDays(1), Cancel));

        Assert.Equal(house.Key.Of("", "PHANTOM-2").Subject, Assert.Single(await house.SamplesAsync()).Subject);
    }

    private static async Task<(int Samples, int Objects)> ErasedAsync(ArchiveHouse house, string patientId, string? issuer)
    {
        var erased = await house.Erasure().EraseAsync(patientId, issuer, Cancel);
        return (erased.Samples, erased.Objects);
    }

    private static ArchiveOptions Policy(string name) => name switch
    {
        "disabled" => new() { Enabled = false },
        "denied" => new() { DenyCallers = { "SCANNER" } },
        "another denied" => new() { DenyCallers = { "OTHER" } },
        "allowed" => new() { AllowCallers = { "SCANNER" } },
        "another allowed" => new() { AllowCallers = { "OTHER" } },
        "word" => new() { DenyWords = { "NO RESEARCH" } },
        "another word" => new() { DenyWords = { "OPTED OUT" } },
        _ => new(),
    };

    private static List<DicomDataset> Images(ulong seed, PhantomKind kind = PhantomKind.HeadCt, string? issuer = null, string? study = null)
    {
        var images =
            PhantomSeries.Create(
                new PhantomSeriesOptions
                {
                    Kind = kind, Seed = seed, Size = 32, Spacing = 7, Slices = 8,
                    Study = $"{kind} {issuer} {study}"
                }).ToList();
        foreach (var image in images)
        {
            image.AddOrUpdate(DicomTag.SeriesDescription, "Head, no research please");
            if (issuer is not null)
                image.AddOrUpdate(DicomTag.IssuerOfPatientID, issuer);
        }
        return images;
    }

    /// <summary>Told from others by its grey.</summary>
    private static PreparedSample Sample(int grey)
    {
        var slice = new float[256 * 256];
        Array.Fill(slice, grey / 32767f);
        return new()
        {
            Modality = ShippedModalities.Ct.Modality, Range = GreyRange.Brain, Slices = [slice], Centre = 0, Spacing = (1, 1),
            SliceDistance = 5,
            Registration = RegistrationKind.Linear, Vendor = ScannerVendor.Other,
        };
    }
}
