using System.Text;
using Gateway.Contracts.Reasons;
using Gateway.Contracts.Trials;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence.Tests;

/// <summary>A card is made of what is known, and says so where nothing is.</summary>
public sealed class ModelCardTests
{
    private static readonly string Manifest = new('d', 64);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task The_card_tells_what_it_learned_from_how_it_was_judged_and_what_was_done(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        IObjectStore objects = new FolderObjectStore(database.Data);
        var digest = new string('a', 64);
        var report = await objects.PutAsync(Encoding.UTF8.GetBytes(Report(digest).ToJson()), Cancel);
        await using (var db = database.Open())
        {
            db.Manifests.Add(new() { Digest = Manifest, Pair = "t2-ct", CreatedAt = Rows.Noon, Samples = 3, Subjects = 2, });
            db.ManifestSamples.AddRange(
                Sample('1', "anna", ScannerVendor.Siemens), Sample('2', "anna", ScannerVendor.Siemens),
                Sample('3', "ben", ScannerVendor.Ge));
            db.AddModel(
                new()
                {
                    Digest = digest, Direction = "t2-ct", Name = "cycle|gan", Version = "2", CreatedAt = Rows.Noon,
                    State = ModelState.Rejected, ManifestDigest = Manifest,
                    ReportSha256 = report, Recipe = """{"steps":5}""", Reasons = [ReasonCode.ModelWorse.Because("error is 9.")],
                },
                ModelActKind.Rejected, "training worker", "job 7", Rows.Noon);
            await db.SaveChangesAsync(Cancel);
        }

        await using var read = database.Open();
        var card = (await ModelCard.ReadAsync(read, objects, digest, Cancel))!;

        Assert.Contains("# Model card: cycle\\|gan 2, t2-ct\n", card, StringComparison.Ordinal);
        Assert.Contains("**Research software. Not a medical device.**", card, StringComparison.Ordinal);
        Assert.Contains("| t2 | train | 2 | 3 | Ge 1, Siemens 2 |\n", card, StringComparison.Ordinal);
        Assert.Contains("- `model-worse`: error is 9.\n", card, StringComparison.Ordinal);
        Assert.Contains("**Rejected** on 2", card, StringComparison.Ordinal);
        Assert.Contains("| error | phantoms | 9 (8 to 10) | 7 | not worse | **no** |\n", card, StringComparison.Ordinal);
        Assert.Contains("| rejected | training worker | job 7 |\n", card, StringComparison.Ordinal);
        Assert.Contains("    {\"steps\":5}\n", card, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", card, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_came_from_outside_says_so()
    {
        var card = ModelCard.Write(
            new()
            {
                Digest = new('b', 64), Direction = "t2-ct", Name = "n", Version = "1", CreatedAt = Rows.Noon,
                State = ModelState.Champion
            }, [], null);

        Assert.Contains("It came from outside", card, StringComparison.Ordinal);
        Assert.Contains("It went through no gates here.", card, StringComparison.Ordinal);
        Assert.Contains("| state | champion |", card, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task There_is_no_card_of_a_model_that_is_not_there(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var db = database.Open();

        Assert.Null(await ModelCard.ReadAsync(db, new FolderObjectStore(database.Data), new('c', 64), Cancel));
    }

    private static TrialReport Report(string digest) => new()
    {
        Pair = "t2-ct",
        At = Rows.Noon,
        Seconds = 3,
        Seed = 1,
        TestSetDigest = new('e', 64),
        Slices = [new("phantoms", "t2", 24, 24)],
        Notes = ["Few real subjects."],
        Directions =
        [
            new()
            {
                Direction = "t2-ct",
                Candidate = new(digest, "cycle|gan", "2"),
                Champion = new(new('f', 64), "cyclegan", "1"),
                Reasons = [ReasonCode.ModelWorse.Because("error is 9.")],
                Gates = [
                    new()
                    {
                        Name = "error",
                        Set = "phantoms",
                        Passed = false,
                        Limit = "not worse",
                        Candidate = 9,
                        Low = 8,
                        High = 10,
                        Champion = 7,
                    }],
                Methods = [],
            },
        ],
    };

    private static ManifestSample Sample(char name, string subject, ScannerVendor vendor) => new()
    {
        ManifestDigest = Manifest,
        Sha256 = new(name, 64),
        Modality = "t2",
        Split = ArchiveSplit.Train,
        Subject = subject,
        SubjectOfAnyIssuer = subject,
        CallingAe = "MR1",
        Vendor = vendor,
    };
}
