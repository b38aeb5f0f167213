using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Gateway.Workshop.Sources;
using Gateway.Workshop.TrainingSets;

namespace Gateway.Workshop.Tests.TrainingSets;

public sealed class TrainingSetBuilderTests
{
    private static readonly Modality T2 = ShippedModalities.T2.Modality;
    private static readonly Modality Ct = ShippedModalities.Ct.Modality;

    private static Reference Shipped(string name) =>
        Reference.Load(Path.Combine(Repository.Root, "models", "references", name), ShippedModalities.Table[Modality.Parse(name)]);

    private static TrainingSource Source(string path, string subject, Modality modality, string split) =>
        new() { Path = path, Subject = subject, Modality = modality, Licence = "A", Split = split };

    [Fact]
    public void Series_and_loose_pictures_become_prepared_slices_with_a_manifest()
    {
        using var folder = new TemporaryDirectory();
        PhantomSeries.Write(folder.Combine("mr"), new() { Seed = 3, Kind = PhantomKind.T2 });
        PhantomSeries.Write(folder.Combine("ct"), new() { Seed = 2, Kind = PhantomKind.HeadCt });
        Directory.CreateDirectory(folder.Combine("loose"));
        var window = GreyRange.Brain;
        foreach (var (slice, index) in Volume.FromDicom(Directory.GetFiles(folder.Combine("ct")).Select(file => DicomFile.Open(file)))
            .Select((s, i) => (s, i)))
            if (index is 2 or 11 or 22)
                PngFile.WriteGrey(folder.Combine("loose", $"s{index}.png"), slice.Image.Map(hu => (window.ToUnit(hu) + 1) * 127.5f));

        var builder = new TrainingSetBuilder(
            new() { Data = folder.Path, Output = folder.Combine("out"), References = [Shipped("t2"), Shipped("ct")] });
        builder.Build([Source("mr", "a", T2, "train"), Source("ct", "b", Ct, "test"), Source("loose", "c", Ct, "train")]);

        var manifest = TrainingManifest.Load(folder.Combine("out"));
        // The level lies between two slices of either head.
        Assert.Collection(
            manifest.Pictures.Where(p => p.OffsetMm is null or 0).Select(p => p.File).Order(),
            file => Assert.Contains(file, (string[])["ct/b-ct_010.png", "ct/b-ct_011.png"]),
            file => Assert.Equal("ct/c-s11_000.png", file),
            file => Assert.Contains(file, (string[])["t2/a-mr_010.png", "t2/a-mr_011.png"]));
        Assert.Equal(-20, manifest.HuLow);
        Assert.Equal(Shipped("ct").Parameters.Digest, $"{manifest.References["ctReference"]}");
        Assert.All(manifest.Pictures, picture => Assert.Equal(picture.Subject == "b" ? "test" : "train", picture.Split));
        Assert.All(manifest.Pictures, picture => Assert.InRange(picture.OffsetMm ?? 0, -12.01, 12.01));
        Assert.Equal(2, manifest.LeftOut.Count(line => line.StartsWith("c-", StringComparison.Ordinal)));
        foreach (var picture in manifest.Pictures)
        {
            var image = PngFile.Read(folder.Combine("out", picture.File));
            Assert.Equal((256, 256, 0f), (image.Width, image.Height, image[0, 0]));
            var pair = folder.Combine("out", "paired", Path.GetFileNameWithoutExtension(picture.File) + ".ct.png");
            Assert.Equal(picture.Modality == T2, File.Exists(pair));
        }
        var pairs = ListedPair.Load(folder.Combine("out"))!;
        Assert.All(pairs, one => Assert.Equal(("a", "train"), (one.Head, one.Split)));
        Assert.Contains(pairs, one => one.LevelMm > 20);
        Assert.InRange(pairs.Count(one => one.Name.EndsWith("-ill", StringComparison.Ordinal)), pairs.Count / 3, pairs.Count / 2);
        Assert.Contains(pairs, one => one.Findings.Count > 0);
        foreach (var one in pairs)
            foreach (var kind in (string[])["t2", "ct", "wide", "finding", "tissue"])
                Assert.Equal(256, PngFile.Read(folder.Combine("out", "paired", $"{one.Name}.{kind}.png")).Width);
        // The same slice as HU and as an 8-bit picture of a window gives the same input, but for rounding and the scalp's fat.
        var (series, loose) =
            (PngFile.Read(folder.Combine("out", "ct/b-ct_011.png")), PngFile.Read(folder.Combine("out", "ct/c-s11_000.png")));
        Assert.True(ImageMetrics.Ncc(series, loose) > 0.98);
    }

    [Fact]
    public void A_subject_cannot_be_trained_on_and_tested_with()
    {
        using var folder = new TemporaryDirectory();
        var builder = new TrainingSetBuilder(
            new() { Data = folder.Path, Output = folder.Path, References = [Shipped("t2"), Shipped("ct")] });
        Assert.Throws<ArgumentException>(() => builder.Build([Source("x", "a", T2, "train"), Source("y", "a", T2, "test")]));
    }
}
