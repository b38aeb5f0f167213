using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Testing;
using Gateway.Workshop.Evaluation;
using Gateway.Workshop.Phantom;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Tests.Evaluation;

public sealed class RegisteredPairsTests : IDisposable
{
    private static readonly RegisteredPairsOptions Usual = new()
    {
        Reference = Reference.Load(Path.Combine(Repository.Root, "models", "references", "t2"), ShippedModalities.T2),
    };

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Volumes_of_different_grids_give_the_chosen_slice_and_others_with_the_ct_in_their_frame()
    {
        var head = HeadPhantom.Sample(new PhantomOptions { Seed = 3 });
        Nifti("anna", "T2_ax.nii.gz", PhantomVolume.Render(head, 84, 2.4f));
        Nifti("anna", "ct.nii", PhantomVolume.Render(head, 96, 2.1f, ShippedModalities.Ct));

        var (pairs, notes) = RegisteredPairs.Read(_folder.Path, Usual with { EveryMm = 12 });

        Assert.Equal(0, pairs[0].LevelMm);
        var levels = pairs.Select(pair => pair.LevelMm!.Value).Order().ToArray();
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 11.9, 15));
        Assert.True(levels[0] < -30 && levels[^1] > 30, $"{levels[0]} to {levels[^1]}");
        // Near the vertex a head ends within one thick slice.
        Assert.All(pairs.Where(pair => pair.LevelMm < 40), pair => Assert.InRange(Overlap(pair), 0.9, 1));
        // Ventricles are bright in T2 and dark in CT: only if pixels lie on each other.
        Assert.InRange(ImageMetrics.Ncc(Picture(pairs[0], "t2"), Picture(pairs[0], "ct"), pairs[0].Brain), -1, -0.25);
        Assert.InRange(pairs[0].Wide!.Pixels.Max(), 500, 2500);
        Assert.Equal(-1000, pairs[0].Wide![1, 1]);
        string[] told = [.. pairs.SelectMany(pair => (string[])[pair.Name, pair.Subject]), .. notes];
        Assert.DoesNotContain("anna", string.Join(' ', told), StringComparison.Ordinal);
    }

    [Fact]
    public void Series_of_dicom_are_read_and_one_chosen_slice_a_person_is_what_is_asked_for_without_more()
    {
        Series("1", PhantomKind.T2, "t2", seed: 5);
        Series("1", PhantomKind.HeadCt, "ct", seed: 5);

        var pair = Assert.Single(RegisteredPairs.Read(_folder.Path, Usual).Pairs);

        Assert.Equal(("subject 1", 0.0), (pair.Subject, pair.LevelMm!.Value));
        Assert.InRange(Overlap(pair), 0.9, 1);
        Assert.InRange(ImageMetrics.Ncc(Picture(pair, "t2"), Picture(pair, "ct"), pair.Brain), -1, -0.2);
    }

    [Fact]
    public void Prepared_pictures_are_taken_as_they_are_and_others_are_registered()
    {
        var slice = HeadPhantom.Sample(new PhantomOptions { Seed = 4 }).RenderSlice(8);
        Png("a", "t2-07.png", slice.T2Picture());
        Png("a", "ct-07.png", slice.CtPicture());
        Png("a", "ct-08.png", slice.CtPicture());
        Png("b", "t2/x.png", Smaller(slice.T2Picture()));
        Png("b", "ct/x.png", Smaller(slice.CtPicture()));

        var prepared = Assert.Single(
            RegisteredPairs.Read(_folder.Path, Usual with { ArePrepared = true }).Pairs, pair => pair.Subject == "subject 1");
        var (registered, _) = RegisteredPairs.Read(_folder.Path, Usual);

        Assert.Equal(slice.T2Picture().Map(MathF.Round).Pixels, Picture(prepared, "t2").Map(v => (v + 1) * 127.5f).Map(MathF.Round).Pixels);
        Assert.Equal(["subject 1", "subject 2"], registered.Select(pair => pair.Subject));
        Assert.All(registered, pair => Assert.Null(pair.LevelMm));
        // The smaller picture is enlarged to the size of the reference's head.
        Assert.All(registered, pair => Assert.InRange(ImageMetrics.Dice(Head(Picture(pair, "t2")), Usual.Reference.Mask), 0.9, 1));
        Assert.All(registered, pair => Assert.InRange(Overlap(pair), 0.9, 1));
    }

    [Fact]
    public void Who_has_no_pair_is_left_out_and_told_and_a_folder_of_none_is_refused()
    {
        var (head, other) = (HeadPhantom.Sample(new PhantomOptions { Seed = 3 }), new Image(40, 40));
        Nifti("1", "t2.nii", PhantomVolume.Render(head, 64, 3));
        Nifti("2", "t2.nii", PhantomVolume.Render(head, 64, 3));
        var ct = PhantomVolume.Render(head, 64, 3, ShippedModalities.Ct);
        Nifti("2", "ct.nii", new(64, 64, 64, ct.ToPatient with { Origin = ct.ToPatient.Origin + new Vector3D(90, 0, 0) }, ct.Voxels));
        Png("3", "t2-1.png", other);
        Png("3", "ct-2.png", other);

        var fault = Assert.Throws<InvalidDataException>(() => RegisteredPairs.Read(_folder.Path, Usual));

        foreach (var told in (string[])["1 is left out: it has no t2* and ct*", "2 is left out: the heads", "3 is left out: no two"])
            Assert.Contains($"subject {told}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_volume_is_cut_where_the_slice_lies_and_thin_slices_are_averaged_over_a_thick_one()
    {
        // HU = z mm, cut by a plane 10.5 mm up whose pixels are 2 mm; and by one of 4 mm where HU = z squared.
        var ramp = Box((_, _, z) => z);
        var plane = new VolumeSlice
        {
            Image = new(6, 6),
            Position = new(2, 2, 10.5),
            RowDirection = new(1, 0, 0),
            ColumnDirection = new(0, 1, 0),
            RowSpacing = 2,
            ColumnSpacing = 2,
        };

        Assert.All(new SliceOfVolume(ramp, -1000).At(plane, 0).Pixels, hu => Assert.Equal(10.5f, hu, 1e-4f));
        var thick = new SliceOfVolume(Box((_, _, z) => z * z), -1000).At(plane, 4)[2, 2];
        Assert.InRange(thick, 10.5f * 10.5f + 1, 10.5f * 10.5f + 2);
        var across = new SliceOfVolume(Box((x, y, _) => x + 100 * y), -1000);
        Assert.Equal(2 + 2 * 3 + 100 * (2 + 2 * 4), across.At(plane, 0)[3, 4], 1e-3f);
        Assert.Equal(-1000, across.At(With(plane, new(2, 2, 90)), 0)[3, 4]);
    }

    private static VolumeSlice With(VolumeSlice slice, Vector3D position) => new()
    {
        Image = slice.Image,
        Position = position,
        RowDirection = slice.RowDirection,
        ColumnDirection = slice.ColumnDirection,
        RowSpacing = slice.RowSpacing,
        ColumnSpacing = slice.ColumnSpacing,
    };

    private static Volume Box(Func<int, int, int, float> hu)
    {
        var box = new VoxelVolume(20, 20, 20, AffineTransform3D.Identity);
        for (var i = 0; i < box.Voxels.Length; i++)
            box.Voxels[i] = hu(i % 20, i / 20 % 20, i / 400);
        return box.ToSlices();
    }

    private static Image Picture(HeldOutPair pair, string modality) => pair.Pictures[Modality.Parse(modality)];

    private static double Overlap(HeldOutPair pair) => ImageMetrics.Dice(Head(Picture(pair, "t2")), Head(Picture(pair, "ct")));

    private static Mask Head(Image picture) => Morphology.FillHoles(Mask.Where(picture, grey => grey > -0.98f));

    private static Image Smaller(Image image) =>
        Resampler.Bilinear(image, AffineTransform2D.Similarity(0, 1.25, 127.5, 127.5), 256, 256, outside: 0);

    private void Nifti(string person, string name, VoxelVolume volume)
    {
        Directory.CreateDirectory(_folder.Combine(person));
        NiftiFile.Write(_folder.Combine(person, name), volume);
    }

    private void Series(string person, PhantomKind kind, string name, ulong seed) => PhantomSeries.Write(
        _folder.Combine(person, name), new() { Kind = kind, Seed = seed, Size = 128, Spacing = 1.8 });

    private void Png(string person, string name, Image image)
    {
        var path = _folder.Combine(person, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        PngFile.WriteGrey(path, image);
    }
}
