using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence.Tests;

/// <summary>What a manifest says of the archive.</summary>
public class ManifestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task The_same_archive_gives_the_same_manifest_once_however_many_ask_at_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await FillAsync(database, 7);
        var builder = Builder(database);

        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => builder.MakeAsync("t2-ct", Cancel))));

        Assert.Single(all.Select(manifest => manifest.Digest).Distinct());
        Assert.All(all, manifest => Assert.Equal((7, 4), (manifest.Samples, manifest.Subjects)));
        await using var db = database.Open();
        Assert.Equal((1, 7), (await db.Manifests.CountAsync(Cancel), await db.ManifestSamples.CountAsync(Cancel)));
    }

    [Theory, EachDatabase]
    public async Task The_order_in_which_samples_came_does_not_matter_and_one_more_gives_another(DatabaseProvider provider)
    {
        await using var one = await TestDatabase.CreateAsync(provider);
        await using var other = await TestDatabase.CreateAsync(provider);
        await FillAsync(one, 6);
        await FillAsync(other, 6, backwards: true);

        var first = await Builder(one).MakeAsync("t2-ct", Cancel);
        Assert.Equal(first.Digest, (await Builder(other).MakeAsync("t2-ct", Cancel)).Digest);
        await FillAsync(one, 7, from: 6);
        Assert.NotEqual(first.Digest, (await Builder(one).MakeAsync("t2-ct", Cancel)).Digest);
    }

    [Theory, EachDatabase]
    public async Task It_lists_digests_in_order_counts_by_modality_split_vendor_and_site_and_names_nobody(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await FillAsync(database, 8);
        await using (var db = database.Open())
        {
            db.Add(Rows.Sample(Rows.NewId(), Content(90), "other", modality: "pd"));
            await db.SaveChangesAsync(Cancel);
        }

        var manifest = await Builder(database).MakeAsync("t2-ct", Cancel);
        var objects = new FolderObjectStore(database.Data);
        await using var stream = objects.OpenRead(manifest.Digest);
        var document = await ManifestDocument.ReadAsync(stream, Cancel);

        Assert.Equal([.. Enumerable.Range(0, 8).Select(Content).Order(StringComparer.Ordinal)], document.Samples.Select(s => s.Sha256));
        Assert.Equal(8, document.Counts.Sum(count => count.Samples));
        Assert.Equal(["ct train Siemens A: 1 of 1", "ct train Siemens B: 3 of 3", "t2 train Other A: 3 of 3", "t2 test Other A: 1 of 1"],
            document.Counts.Select(
                c =>
                    $"{c.Modality} {(c.Split == ArchiveSplit.Train ? "train" : "test")} {c.Vendor} {c.CallingAe}: {c.Samples} of {c.Subjects}"));
        using var text = new StreamReader(objects.OpenRead(manifest.Digest));
        Assert.DoesNotContain("patient-", await text.ReadToEndAsync(Cancel), StringComparison.Ordinal);
        await using var read = database.Open();
        Assert.All(await read.ManifestSamples.ToListAsync(Cancel), s => Assert.StartsWith("patient-", s.Subject, StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task Bytes_that_came_under_two_patients_are_listed_once_and_are_not_trained_on_if_one_is_of_the_test_set(
        DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using (var db = database.Open())
        {
            db.AddRange(Rows.Sample(Rows.NewId(), Content(1), "a"), Rows.Sample(Rows.NewId(), Content(1), "b", split: ArchiveSplit.Test));
            await db.SaveChangesAsync(Cancel);
        }

        var manifest = await Builder(database).MakeAsync("t2-ct", Cancel);

        await using var read = database.Open();
        var sample = Assert.Single(await read.ManifestSamples.Where(s => s.ManifestDigest == manifest.Digest).ToListAsync(Cancel));
        Assert.Equal((ArchiveSplit.Test, "b"), (sample.Split, sample.Subject));
    }

    [Fact]
    public async Task What_is_no_manifest_or_of_another_form_is_refused()
    {
        foreach (var text in (string[])[
            "", "{}", """{"format":2,"pair":"t2-ct","subjects":0,"counts":[],"samples":[]}""",
            """{"format":1,"pair":"t2-ct","subjects":0,"counts":[],"samples":[{}]}"""])
        {
            using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
            await Assert.ThrowsAsync<InvalidDataException>(() => ManifestDocument.ReadAsync(stream, Cancel));
        }
    }

    private static ManifestBuilder Builder(TestDatabase database) =>
        new(database.Contexts, new FolderObjectStore(database.Data), TimeProvider.System);

    private static string Content(int i) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([(byte)i]));

    // Patients of two modalities each: T2 by one scanner of a vendor that is not known, CT by two of Siemens.
    private static async Task FillAsync(TestDatabase database, int count, int from = 0, bool backwards = false)
    {
        var samples = Enumerable.Range(from, count - from).Select(i => i % 2 == 0
            ? Rows.Sample(
                Rows.NewId(), Content(i), $"patient-{i / 2}", $"patient-{i / 2}",
                split: i == 4 ? ArchiveSplit.Test : ArchiveSplit.Train, caller: "A")
            : Rows.Sample(Rows.NewId(), Content(i), $"patient-{i / 2}", $"patient-{i / 2}", modality: "ct", caller: i == 1
                ? "A" : "B", vendor: ScannerVendor.Siemens)).ToList();
        await using var db = database.Open();
        foreach (var sample in backwards ? samples.AsEnumerable().Reverse() : samples)
        {
            db.Add(sample);
            await db.SaveChangesAsync(Cancel);
        }
    }
}
