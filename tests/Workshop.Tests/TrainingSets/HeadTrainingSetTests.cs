using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Testing;
using Gateway.Workshop.LabelHeads;
using Gateway.Workshop.Pathology;
using Gateway.Workshop.Tests.LabelHeads;
using Gateway.Workshop.TrainingSets;

namespace Gateway.Workshop.Tests.TrainingSets;

public sealed class HeadTrainingSetTests
{
    private static readonly Reference Reference = Gateway.Imaging.Slices.Reference.Load(
        Path.Combine(Repository.Root, "models", "references", "t2"), ShippedModalities.T2);

    private static IReadOnlyList<ListedPair> Write(string heads, string output, float ill, int pairs = 10) =>
        new HeadTrainingSet(new() { Heads = heads, Output = output, Reference = Reference, Pairs = pairs, TestPairs = 2, Ill = ill })
            .Write((_, _) => { });

    [Fact]
    public void A_label_map_gives_aligned_pairs_with_their_levels_and_the_same_bytes_again()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.Combine("heads"));
        LabelPhantom.Save(folder.Combine("heads", "one.nii"));

        var pairs = Write(folder.Combine("heads"), folder.Combine("a"), ill: 0);
        Write(folder.Combine("heads"), folder.Combine("b"), ill: 0);

        Assert.Equal(10, pairs.Count);
        Assert.Equal(pairs.Select(pair => pair.Name), ListedPair.Load(folder.Combine("a"))!.Select(pair => pair.Name));
        Assert.All(pairs, pair => Assert.Equal(("one", ListedPair.Train), (pair.Head, pair.Split)));
        Assert.All(pairs, pair => Assert.InRange(pair.LevelMm, -82, 84));
        Assert.All(pairs, pair => Assert.InRange(pair.ThicknessMm, 1, 6));
        Assert.True(pairs.Count(pair => Math.Abs(pair.LevelMm) < 20) >= 3);
        Assert.All(pairs, pair => Assert.Empty(pair.Findings));
        foreach (var file in Directory.GetFiles(folder.Combine("a", "paired")))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(folder.Combine("b", "paired", Path.GetFileName(file))));
        foreach (var pair in pairs.Where(pair => Math.Abs(pair.LevelMm) < 12))
            Aligned(name => PngFile.Read(folder.Combine("a", "paired", $"{pair.Name}.{name}.png")));
    }

    [Fact]
    public void Ill_heads_show_what_their_list_says()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.Combine("heads"));
        LabelPhantom.Save(folder.Combine("heads", "one.nii"));

        var pairs = Write(folder.Combine("heads"), folder.Combine("out"), ill: 1, pairs: 16);

        Assert.InRange(pairs.Count(pair => pair.Findings.Count > 0), 6, 16);
        foreach (var pair in pairs)
            Assert.Equal(
                pair.Findings.Select(Enum.Parse<FindingKind>).Order(),
                PngFile.Read(folder.Combine("out", "paired", $"{pair.Name}.finding.png")).Pixels.Distinct()
                    .Select(code => (FindingKind)code).Where(kind => kind != FindingKind.None).Order());
    }

    [Fact]
    public void The_last_fifth_of_the_maps_is_held_out()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.Combine("heads"));
        LabelPhantom.Save(folder.Combine("heads", "a.nii"));
        foreach (var name in (string[])["b.nii", "c.nii", "d.nii", "e.nii"])
            File.CreateSymbolicLink(folder.Combine("heads", name), folder.Combine("heads", "a.nii"));

        var pairs = Write(folder.Combine("heads"), folder.Combine("out"), ill: 0, pairs: 1);

        Assert.Equal(["a train", "b train", "c train", "d train", "e test", "e test"], pairs.Select(pair => $"{pair.Head} {pair.Split}"));
        var pictures = pairs.Select(pair => File.ReadAllBytes(folder.Combine("out", "paired", $"{pair.Name}.t2.png")));
        Assert.Equal(6, pictures.Select(Convert.ToHexString).Distinct().Count());
    }

    /// <summary>In both pictures the ventricles are where the tissues have them, and bone is; the frame is the reference's.</summary>
    private static void Aligned(Func<string, Image> picture)
    {
        var (t2, ct, wide, tissue) = (picture("t2"), picture("ct"), picture("wide"), picture("tissue"));
        Assert.Equal((256, 256), (t2.Width, ct.Height));
        var ventricle = Of(tissue, HeadTissue.Ventricle);
        var white = Of(tissue, HeadTissue.WhiteMatter);
        Assert.True(Mean(t2, ventricle) > 1.8 * Mean(t2, white));
        Assert.True(Mean(ct, ventricle) < Mean(ct, white) - 15);
        var bone = Of(tissue, HeadTissue.CorticalBone);
        Assert.InRange(Mean(ct, bone), 250, 255);
        Assert.InRange((Mean(wide, bone) / 255 * 3000) - 1000, 500, 1700);
        Assert.True(Mean(t2, bone) < 0.6 * Mean(t2, white));
        var head = Mask.Where(tissue, value => value > 0);
        Assert.True(ImageMetrics.Dice(Morphology.FillHoles(head), Reference.Mask) > 0.85);
    }

    [Fact]
    public void Maps_of_real_heads_are_painted_in_the_greys_of_real_slices()
    {
        var (heads, t2) = (RealData.Path("labels/synthseg"), RealData.Path("t2"));
        string[] series =
        [
            "open_ms/patient01_study1_T2W.nii.gz", "open_ms/patient03_study1_T2W.nii.gz", "niivue/register_T2w.nii.gz",
            "tcga_fg_6692/TCGA-FG-6692_T2_AX.nii.gz",
        ];
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.Combine("heads"));
        File.CreateSymbolicLink(folder.Combine("heads", "a.nii.gz"), Path.Combine(heads, "training_seg_07.nii.gz"));

        var real = series.Select(file => Preprocessor.Prepare(NiftiFile.Read(Path.Combine(t2, file)), Reference, GreyRange.Brain))
            .Select(slice => Brain(new Image(256, 256, slice.Input).Map(v => (v + 1) / 2), slice.Slice.HeadOnReference)).ToArray();
        var pairs = Write(folder.Combine("heads"), folder.Combine("out"), ill: 0, pairs: 24).Where(pair => Math.Abs(pair.LevelMm) < 10);

        var painted = pairs.Select(pair => Picture(pair.Name, "t2").Map(v => v / 255)).Zip(
            pairs.Select(pair => Morphology.FillHoles(Mask.Where(Picture(pair.Name, "tissue"), v => v > 0))), Brain).ToArray();
        // The few real series here are of younger people than hospitals image: painted brains are brighter (docs/decisions/0023).
        Assert.InRange(painted.Average(), real.Average(), real.Max() + 0.12);
        var white = pairs.Select(pair => Mean(Picture(pair.Name, "ct"), Of(Picture(pair.Name, "tissue"), HeadTissue.WhiteMatter)));
        Assert.All(white, grey => Assert.InRange((grey / 255 * 120) - 20, 22, 35));

        Image Picture(string name, string kind) => PngFile.Read(folder.Combine("out", "paired", $"{name}.{kind}.png"));

        static double Brain(Image image, Mask head) => Mean(image, Morphology.Erode(head, 16));
    }

    private static Mask Of(Image tissues, HeadTissue wanted) => Morphology.Erode(Mask.Where(tissues, value => value == (int)wanted), 0.5);

    private static double Mean(Image image, Mask mask) => image.Pixels.Where((_, i) => mask.Pixels[i]).Average();
}
