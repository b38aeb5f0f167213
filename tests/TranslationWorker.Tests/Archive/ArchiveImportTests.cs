using Gateway.Contracts.Reasons;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker.Tests.Archive;

/// <summary>Heads that came as files, on the way into the archive.</summary>
public sealed class ArchiveImportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task An_imported_head_is_the_sample_that_the_same_head_pushed_is_and_is_there_once(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        var (import, images) = (house.Import(), Images(3));

        Assert.Equal([ImportVerdict.Added, ImportVerdict.Known, ImportVerdict.Known],
            (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => import.AddAsync(Head(images), "", Cancel)))))
                .Select(r => r.Verdict).Order());
        var imported = Assert.Single(await house.SamplesAsync());
        Assert.Equal((0, "", house.Key.Of("", "PHANTOM-3").Subject), (imported.Revision, imported.CallingAe, imported.Subject));
        var series = await house.ReceiveAsync(images);
        await house.DecideAsync(series);
        await house.TranslateAsync(series);

        var pushed = (await house.SamplesAsync()).Single(s => s.Id == series.Id);
        Assert.Equal(
            (imported.Sha256, imported.GreyLow, imported.Centre, imported.Vendor),
            (pushed.Sha256, pushed.GreyLow, pushed.Centre, pushed.Vendor));
        Assert.Equal(imported.Measures, pushed.Measures);
        await using (var db = house.Database.Open())
            await db.ArchiveSamples.Where(s => s.Id == imported.Id).ExecuteDeleteAsync(Cancel);
        Assert.Equal(ImportVerdict.Known, (await import.AddAsync(Head(images), "", Cancel)).Verdict);
    }

    [Theory, EachDatabase]
    public async Task An_erased_patient_does_not_come_back_by_an_import_and_what_was_imported_goes(DatabaseProvider provider)
    {
        await using var house = await ArchiveHouse.CreateAsync(provider);
        var head = Head(Images(3)) with { Issuer = "H" };
        await house.Import().AddAsync(head, "", Cancel);

        Assert.Equal(1, (await house.Erasure().EraseAsync("PHANTOM-3", "H", Cancel)).Samples);

        Assert.Equal(ImportVerdict.Erased, (await house.Import().AddAsync(head, "", Cancel)).Verdict);
        Assert.Empty(house.SampleObjects());
    }

    [Fact]
    public async Task The_house_keeps_out_by_import_what_it_keeps_out_by_push()
    {
        await using var house = await ArchiveHouse.CreateAsync(DatabaseProvider.Sqlite);
        var head = Head(Images(3)) with { Descriptions = ["Research AXIAL"] };

        Assert.Equal(ImportVerdict.NotAllowed, await VerdictAsync(new() { DenyWords = { "research" } }, ""));
        Assert.Equal(ImportVerdict.NotAllowed, await VerdictAsync(new() { Enabled = false }, ""));
        Assert.Equal(ImportVerdict.NotAllowed, await VerdictAsync(new() { AllowCallers = { "SITE" } }, ""));
        Assert.Equal(ImportVerdict.NotAllowed, await VerdictAsync(new() { DenyCallers = { "SITE" } }, "SITE"));
        Assert.Equal(ImportVerdict.NoPatient, (await house.Import().AddAsync(head with { PatientId = " " }, "", Cancel)).Verdict);
        Assert.Empty(await house.SamplesAsync());
        Assert.Equal(ImportVerdict.Added, await VerdictAsync(new() { AllowCallers = { "SITE" } }, "SITE"));
        Assert.Equal("SITE", Assert.Single(await house.SamplesAsync()).CallingAe);

        async Task<ImportVerdict> VerdictAsync(ArchiveOptions policy, string caller) =>
            (await house.Import(policy).AddAsync(head, caller, Cancel)).Verdict;
    }

    [Fact]
    public async Task What_the_gates_hold_what_is_no_volume_and_what_has_text_burned_in_does_not_enter()
    {
        await using var house = await ArchiveHouse.CreateAsync(DatabaseProvider.Sqlite);
        var noise = new Random(1);
        var burned = Images(4);
        burned[12].AddOrUpdate(DicomTag.BurnedInAnnotation, "YES");

        var held = await house.Import().AddAsync(
            Head(Images(5)) with { Read = _ => new(Enumerable.Range(0, 24).Select(z => Slice(z, _ => 500f * noise.NextSingle()))) }, "",
            Cancel);
        var damaged = await house.Import().AddAsync(
            Head(Images(5)) with { Read = _ => throw new InvalidDataException("cut off") }, "", Cancel);

        Assert.Equal(ImportVerdict.Held, held.Verdict);
        Assert.NotEmpty(held.Reasons);
        Assert.Equal((ImportVerdict.Held, ReasonCode.Unreadable.Name), (damaged.Verdict, Assert.Single(damaged.Reasons).Code));
        Assert.Equal(ImportVerdict.NotKept, (await house.Import().AddAsync(Head(burned), "", Cancel)).Verdict);
        Assert.Empty(await house.SamplesAsync());
        Assert.Empty(house.SampleObjects());
    }

    [Fact]
    public async Task Pictures_of_people_who_are_not_told_apart_train_whatever_the_pseudonym_says()
    {
        await using var house = await ArchiveHouse.CreateAsync(DatabaseProvider.Sqlite);
        var name = Enumerable.Range(0, 100).Select(i => $"folder{i}").First(folder => house.Key.Of("", folder).Split == ArchiveSplit.Test);

        await house.Import().AddAsync(Head(Images(3)) with { PatientId = name, IsOfMany = true }, "", Cancel);

        Assert.Equal(ArchiveSplit.Train, Assert.Single(await house.SamplesAsync()).Split);
    }

    private static List<DicomDataset> Images(ulong seed) =>
        [.. PhantomSeries.Create(new() { Kind = PhantomKind.HeadCt, Seed = seed, Size = 192, Spacing = 1.2 })];

    private static ImportedHead Head(List<DicomDataset> images) => new()
    {
        Profile = ShippedModalities.Ct,
        PatientId = images[0].GetString(DicomTag.PatientID),
        ContentDigest = new('c', 64),
        Read = _ => Volume.FromDicom(images.Select(image => new DicomFile(image))),
        HasHeaders = true,
    };

    private static VolumeSlice Slice(int z, Func<int, float> value) => new()
    {
        Image = new Image(192, 192, [.. Enumerable.Range(0, 192 * 192).Select(value)]), Position = new(0, 0, 5 * z),
        RowDirection = new(1, 0, 0), ColumnDirection = new(0, 1, 0),
        RowSpacing = 1.2, ColumnSpacing = 1.2,
    };
}
