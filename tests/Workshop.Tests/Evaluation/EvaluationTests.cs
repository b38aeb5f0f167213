using System.Text.Json;
using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Testing;
using Gateway.Workshop.Evaluation;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Tests.Evaluation;

public sealed class EvaluationTests : IDisposable
{
    private static readonly EvaluationOptions Little = new() { Draws = 100, Insertions = 8 };

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(-30, "below -25 mm")]
    [InlineData(-25, "-25 to -10 mm")]
    [InlineData(-10.1, "-25 to -10 mm")]
    [InlineData(-10, "-10 to 10 mm")]
    [InlineData(10, "-10 to 10 mm")]
    [InlineData(25, "10 to 25 mm")]
    [InlineData(25.1, "above 25 mm")]
    public void A_slice_is_in_the_band_of_its_level(double level, string band)
    {
        HeldOutSlice[] slices = [Slice("a", level), Slice("b", 0.5), Slice("b", 3), Slice("c", null)];

        var bands = LevelBand.Of(slices).ToDictionary(found => found.Name, found => found.Slices);

        Assert.Contains(0, bands[band]);
        Assert.Equal(4, bands["all"].Length);
        Assert.Equal([1], bands["chosen"]);
        Assert.DoesNotContain(3, bands.Where(found => found.Key != "all").SelectMany(found => found.Value));
    }

    [Fact]
    public void A_finding_is_recovered_by_as_much_as_its_contrast_is()
    {
        var pair = TestPairs.Of("a", 0, blood: 70);
        var slice = pair.Slice(TestPairs.ToCt);
        var scoring = new FindingScoring(ShippedModalities.T2, ShippedModalities.Ct, GreyRange.Brain);

        var whole = Assert.Single(scoring.Of(slice, slice.Truth!, slice.Source));
        var half = Assert.Single(scoring.Of(slice, slice.Truth!.Map(v => v / 2), null));

        Assert.Equal(((byte)4, 40.0), (whole.Kind, Math.Round(whole.Truth / 5) * 5));
        Assert.Equal((whole.Truth, 0.0), (whole.Made, whole.Error));
        Assert.Equal(whole.Source, whole.Back);
        Assert.Equal(whole.Truth / 2, half.Made, 1e-3);
        // 70 HU is 0.5 of the window, half of it 55 HU.
        Assert.Equal(-15, half.Error, 0.1);
        Assert.Null(half.Back);
        Assert.Empty(scoring.Of(TestPairs.Of("a", 0).Slice(TestPairs.ToCt), slice.Truth!, null));
    }

    [Fact]
    public void An_evaluation_writes_every_table_of_models_beside_trivial_methods_and_each_other()
    {
        EvaluatedModel[] models = [Model("good", (image, _) => new(Exact(image))), Model("blurred", Blurred)];
        var run = new EvaluationRun(models, ShippedModalities.Table, Little) { Features = [Means] };

        var report = run.Write([Set()], TestPairs.ToCt, _folder.Path, TestContext.Current.CancellationToken);

        var ct = report.Sets[0].Directions[0];
        Assert.Equal((8, 4), (report.Sets[0].Slices, report.Sets[0].Subjects));
        Assert.Equal(
            ["good", "blurred", "constant mean image", "copy of the input", "best grey map", "grey map + mean image", "PseudoCt"],
            ct.Paired.Where(row => row.Level == "all").Select(row => row.Method));
        Assert.InRange(ct.Paired[0].Means["mae"], 0, 0.1);
        var better = ct.Differences.Single(row => (row.Level, row.Model, row.Less) == ("all", "good", "blurred"));
        Assert.True(better.Differences["mae"].High < 0, $"{better.Differences["mae"]}");
        Assert.Equal(4, better.Subjects);
        var blood = ct.Findings.Where(row => row.Kind == "AcuteBlood").ToDictionary(row => row.Method);
        Assert.Equal((1.0, 1.0), (Math.Round(blood["good"].Recovery, 2), Math.Round(blood["good"].BackRecovery!.Value, 2)));
        Assert.InRange(blood["blurred"].Recovery, 0.2, 0.95);
        Assert.All(ct.Insertions.Where(row => row.Method == "good"), row => Assert.Equal(1, row.RightSign));
        Assert.Equal(1, ct.Cycles[0].Retrieval);
        Assert.NotNull(ct.Cycles[0].NewBlobs);
        var realism = ct.Realism.Single(row => row is { Method: "good", Features: "means" });
        Assert.Equal(realism.FrechetFloor!.Value, realism.Frechet!.Value, 1e-6);
    }

    [Fact]
    public void What_was_found_is_read_by_people_and_programs_and_looked_at()
    {
        var run = new EvaluationRun([Model("good", (image, _) => new(Exact(image)))], ShippedModalities.Table, Little);

        run.Write([Set() with { Notes = ["a note"] }], TestPairs.ToCt, _folder.Path, TestContext.Current.CancellationToken);

        var text = File.ReadAllText(_folder.Combine("evaluation.md"));
        Assert.Contains("SYNTHETIC", text, StringComparison.Ordinal);
        Assert.Contains("- a note", text, StringComparison.Ordinal);
        Assert.Contains("| chosen | 4 | 4 | good |", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder.Combine("evaluation.json")));
        Assert.Equal("t2-ct", json.RootElement.GetProperty("sets")[0].GetProperty("directions")[0].GetProperty("direction").GetString());
        foreach (var sheet in (string[])["round-heads-t2-ct.png", "round-heads-ct-t2.png", "round-heads-t2-ct-findings.png"])
            Assert.InRange(PngFile.Read(_folder.Combine(sheet)).Width, 5 * 256, 5 * 300);
    }

    [Fact]
    public void One_subject_alone_has_no_trivial_methods_and_other_pairs_give_them()
    {
        var set = EvaluatedSet.OfPairs("one", [TestPairs.Of("a", 0), TestPairs.Of("a", 5)], TestPairs.ToCt, GreyRange.Brain);

        Assert.Equal(["good"], Methods(set));
        Assert.Equal(6, Methods(set with { Fit = [TestPairs.Of("b", 0), TestPairs.Of("c", 0)] }).Count());

        static IEnumerable<string> Methods(EvaluatedSet set)
        {
            var evaluation = new DirectionEvaluation(set, TestPairs.ToCt, ShippedModalities.Table, Little);
            var way = new RoundTrip("good", (image, _) => new(Exact(image)), (image, _) => new(TestPairs.Turned(image)));
            var made = evaluation.Translate(way, TestContext.Current.CancellationToken);
            return evaluation.Report([(way, made)], TestContext.Current.CancellationToken).Paired
                .Where(row => row.Level == "all").Select(row => row.Method);
        }
    }

    private static EvaluatedSet Set() => EvaluatedSet.OfPairs(
        "round heads",
        [.. ((string[])["a", "b", "c", "d"]).SelectMany(
            subject => (HeldOutPair[])[TestPairs.Of(subject, 0), TestPairs.Of(subject, 20, blood: 70)])],
        TestPairs.ToCt, GreyRange.Brain);

    private static PictureFeatures Means => new(
        "means", "0", pictures => [.. pictures.Select(image => (double[])[image[128, 128], image[140, 120], image[100, 150]])]);

    private static EvaluatedModel Model(string name, Func<Image, double, MadePicture> toCt) => new(
        name, new Dictionary<string, string> { ["t2-ct"] = name },
        direction => direction == TestPairs.ToCt ? toCt : (image, _) => new(TestPairs.Turned(image)));

    private static MadePicture Blurred(Image image, double level) => new(GaussianFilter.Apply(Exact(image), 4, 4));

    // The inverse of what made the T2 of the CT.
    private static Image Exact(Image t2) => t2.Map(v => v <= -1 ? -1 : Math.Clamp(v / -0.9f, -1, 1));

    private static HeldOutSlice Slice(string subject, double? level) => new(subject, new(1, 1), null)
    {
        Pair = new()
        {
            Name = subject,
            Subject = subject,
            LevelMm = level,
            Pictures = new Dictionary<Modality, Image>(),
            Brain = new(1, 1),
        },
    };
}
