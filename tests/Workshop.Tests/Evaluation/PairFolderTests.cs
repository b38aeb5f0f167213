using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Testing;
using Gateway.Workshop.LabelHeads;
using Gateway.Workshop.Scores;
using Gateway.Workshop.TrainingSets;

namespace Gateway.Workshop.Tests.Evaluation;

public sealed class PairFolderTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public PairFolderTests() => Directory.CreateDirectory(_folder.Combine("paired"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pairs_are_read_with_their_head_level_density_and_findings()
    {
        Write("a-1", TestPairs.Of("a", -20, blood: 70));
        Write("b-1", TestPairs.Of("b", 5));
        List("a-1 a test", "b-1 b train");

        var pair = Assert.Single(PairFolder.Read(_folder.Path, TestPairs.ToCt, ListedPair.Test));

        Assert.Equal(("a-1", "a", -20.0, false), (pair.Name, pair.Subject, pair.LevelMm!.Value, pair.IsClean));
        Assert.Equal(900, pair.Wide![128 + 79, 128], 6f);
        Assert.Equal(-1000, pair.Wide[2, 2]);
        Assert.Equal(4, pair.Findings![110 * 256 + 150]);
        Assert.True(pair.Brain[128, 128] && !pair.Brain[128, 60], "the tissues say where the brain is");
        Assert.Equal(70, GreyRange.Brain.FromUnit(pair.Pictures[TestPairs.ToCt.To][150, 110]), 0.3f);
        Assert.Equal(2, PairFolder.Read(_folder.Path, TestPairs.ToCt).Count);
    }

    [Fact]
    public void Without_a_list_each_pair_is_another_clean_head_at_no_known_level()
    {
        Write("1", TestPairs.Of("a", 0), beside: false);
        Write("2", TestPairs.Of("b", 0), beside: false);

        var pairs = PairFolder.Read(_folder.Path, TestPairs.ToCt);

        Assert.Equal(["1", "2"], pairs.Select(pair => pair.Subject));
        Assert.All(pairs, pair => Assert.True(pair is { LevelMm: null, Wide: null, IsClean: true }));
    }

    [Fact]
    public void A_generator_sees_no_more_of_a_ct_than_the_reference_shows_and_is_judged_by_all_of_it()
    {
        Write("1", TestPairs.Of("a", 0), beside: false);
        var mask = new Mask(256, 256);
        mask[128, 128] = true;

        var pair = PairFolder.Read(_folder.Path, TestPairs.ToCt, ctMask: mask)[0];

        var (toT2, toCt) = (pair.Slice(TestPairs.ToCt.Reverse), pair.Slice(TestPairs.ToCt));
        Assert.Equal(1, toT2.Source.Pixels.Count(grey => grey > -1));
        Assert.Equal(pair.Pictures[TestPairs.ToCt.From].Pixels, toT2.Truth!.Pixels);
        Assert.Equal(pair.Pictures[TestPairs.ToCt.To].Pixels, toCt.Truth!.Pixels);
    }

    [Fact]
    public void A_folder_without_what_is_asked_for_and_a_picture_of_another_size_are_refused()
    {
        Write("1", TestPairs.Of("a", 0), beside: false);
        List("1 a train");
        Assert.Throws<InvalidDataException>(() => PairFolder.Read(_folder.Path, TestPairs.ToCt, ListedPair.Test));
        PngFile.WriteGrey(_folder.Combine("paired", "1.ct.png"), new(64, 64));
        Assert.ThrowsAny<Exception>(() => PairFolder.Read(_folder.Path, TestPairs.ToCt));
    }

    private void List(params string[] entries) => ListedPair.Save(_folder.Path, entries.Select(entry => entry.Split(' ')).Select(
        words => new ListedPair { Name = words[0], Head = words[1], Split = words[2], LevelMm = -20, Findings = ["AcuteBlood"] }));

    private void Write(string name, HeldOutPair pair, bool beside = true)
    {
        foreach (var (modality, picture) in pair.Pictures)
            Save(modality.Code, picture.Map(v => (v + 1) * 127.5f));
        if (!beside)
            return;
        Save("wide", pair.Wide!.Map(hu => (PairFolder.Wide.ToUnit(hu) + 1) * 127.5f));
        Save("tissue", new Image(256, 256, [.. Enumerable.Range(0, 256 * 256).Select(
            i => Math.Pow(i % 256 - 128, 2) + Math.Pow(i / 256 - 128, 2) < 60 * 60 ? (float)HeadTissue.Thalamus : (float)HeadTissue.Fat)]));
        Save("finding", new Image(256, 256, Array.ConvertAll(pair.Findings!, kind => (float)kind)));

        void Save(string what, Image image) => PngFile.WriteGrey(_folder.Combine("paired", $"{name}.{what}.png"), image);
    }
}
