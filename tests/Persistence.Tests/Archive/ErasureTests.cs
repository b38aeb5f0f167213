using Gateway.Testing;
using Microsoft.Extensions.Options;

namespace Gateway.Persistence.Tests;

/// <summary>What an erasure says of the models.</summary>
public class ErasureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task It_names_the_models_that_learned_from_the_patient_their_descendants_and_those_that_he_judged_and_no_other(
        DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var key = Key(database);
        await using (var db = database.Open())
        {
            db.AddRange(
                Manifest('1', key.Of("", "P1"), ArchiveSplit.Train), Manifest('2', key.Of("", "P1"), ArchiveSplit.Test),
                Manifest('3', key.Of("", "P2"), ArchiveSplit.Train));
            db.AddRange(
                Model('a', manifest: '1'), Model('b', manifest: '3', parent: 'a'), Model('c', manifest: null, parent: 'b'),
                Model('d', manifest: '2'), Model('e', manifest: '3'), Model('f'));
            await db.SaveChangesAsync(Cancel);
        }

        var erased = await Erasure(database, key).EraseAsync("P1", null, Cancel);

        Assert.Equal(
            "a Learned, b Inherited, c Inherited, d Judged", string.Join(", ", erased.Models.Select(m => $"{m.Digest[0]} {m.Use}")));
        Assert.Equal(erased.Models, (await Erasure(database, key).EraseAsync("P1", null, Cancel)).Models);
    }

    [Theory, EachDatabase]
    public async Task Bytes_that_a_manifest_lists_under_another_patient_name_the_model_all_the_same(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (key, content) = (Key(database), new string('9', 64));
        var (one, other) = (key.Of("", "P1"), key.Of("", "P2"));
        await using (var db = database.Open())
        {
            db.Add(Rows.Sample(Rows.NewId(), content, one.Subject, one.AnyIssuer, key.Id));
            db.AddRange(Manifest('1', other, ArchiveSplit.Train, content), Model('a', manifest: '1'));
            await db.SaveChangesAsync(Cancel);
        }

        Assert.Equal(ModelUse.Learned, Assert.Single((await Erasure(database, key).EraseAsync("P1", null, Cancel)).Models).Use);
    }

    [Theory, EachDatabase]
    public async Task Trainings_under_way_with_the_patient_are_named_and_those_at_their_end_are_not(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var key = Key(database);
        var (running, done) = (Job(TrainingJobState.Running, '1'), Job(TrainingJobState.Done, '1'));
        await using (var db = database.Open())
        {
            db.AddRange(Manifest('1', key.Of("H", "P1"), ArchiveSplit.Train), running, done, Job(TrainingJobState.Queued, null, "pd-ct"));
            await db.SaveChangesAsync(Cancel);
        }

        Assert.Equal([running.Id], (await Erasure(database, key).EraseAsync("P1", "H", Cancel)).Jobs);
        Assert.Empty((await Erasure(database, key).EraseAsync("P1", "OTHER", Cancel)).Jobs);
    }

    private static SubjectKey Key(TestDatabase database) => new(Options.Create(new ArchiveOptions()), database.Data);

    private static ArchiveErasure Erasure(TestDatabase database, SubjectKey key) =>
        new(database.Contexts, key, new(database.Contexts, database.Data, TimeProvider.System));

    private static Manifest Manifest(char digest, SubjectPseudonym patient, ArchiveSplit split, string? content = null)
    {
        var manifest = new Manifest { Digest = new(digest, 64), Pair = "t2-ct", CreatedAt = Rows.Noon, Samples = 1, Subjects = 1 };
        manifest.Listed.Add(new()
        {
            ManifestDigest = manifest.Digest, Sha256 = content ?? new(digest, 64), Modality = "t2", Split = split,
            Subject = patient.Subject,
            SubjectOfAnyIssuer = patient.AnyIssuer, CallingAe = "SCANNER", Vendor = ScannerVendor.Other,
        });
        return manifest;
    }

    private static Model Model(char digest, char? manifest = null, char? parent = null) => new()
    {
        Digest = new(digest, 64), Direction = "t2-ct", Name = "model", Version = "1", State = ModelState.Candidate,
        CreatedAt = Rows.Noon.AddDays(digest),
        ManifestDigest = manifest is { } one ? new(one, 64) : null, ParentDigest = parent is { } other ? new(other, 64) : null,
    };

    private static TrainingJob Job(TrainingJobState state, char? manifest, string pair = "t2-ct") => new()
    {
        Id = Rows.NewId(), Pair = pair, State = state, Trigger = TrainingTrigger.Schedule, By = "schedule", CreatedAt = Rows.Noon,
        RecipeName = "", Recipe = "{}",
        ManifestDigest = manifest is { } one ? new(one, 64) : null,
    };
}
