using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Testing;
using Gateway.Workshop.Phantom;
using Gateway.Workshop.Sources;

namespace Gateway.Imaging.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void A_reference_is_the_same_after_saving_and_a_changed_one_is_refused()
    {
        using var folder = new TemporaryDirectory();
        var made = SyntheticHead.Reference();
        made.Save(folder.Path);
        var loaded = Reference.Load(folder.Path, ShippedModalities.T2);
        Assert.Equal(made.Parameters, loaded.Parameters);
        Assert.Equal(made.Image.Pixels, loaded.Image.Pixels);
        Assert.Equal(made.Mask.Pixels, loaded.Mask.Pixels);
        Assert.Throws<InvalidDataException>(() => Reference.Load(folder.Path, ShippedModalities.Ct));

        var picture = PngFile.Read(folder.Combine("reference.png"));
        picture[128, 128] += 1;
        PngFile.WriteGrey(folder.Combine("reference.png"), picture);
        Assert.Throws<InvalidDataException>(() => Reference.Load(folder.Path, ShippedModalities.T2));
    }

    [Fact]
    public void The_shipped_references_agree_in_outline_and_place_and_have_no_side()
    {
        var (t2, ct) = (ShippedReference.Of("t2"), ShippedReference.Of("ct"));
        Assert.True(ImageMetrics.Dice(t2.Mask, ct.Mask) > 0.95);
        foreach (var reference in (Reference[])[t2, ct])
        {
            var (x, y) = reference.Mask.Centroid();
            Assert.Equal(127.5, x, 1.5);
            Assert.Equal(127.5, y, 5.0);
            var mirrored = Resampler.Bilinear(reference.Image, new(-1, 0, 255, 0, 1, 0), 256, 256, outside: 0);
            Assert.True(ImageMetrics.Mae(reference.Image, mirrored) < 1e-5);
        }
    }

    [Theory]
    [InlineData("t2/tcga_fg_6692/TCGA-FG-6692_T2_AX.nii.gz", "t2", 13)]
    [InlineData("dicom/t2_fnndsc_siemens", "t2", 28)]
    [InlineData("ct/dcm_qa_ct_GE_HiSpeed", "ct", 17)]
    public void Real_heads_are_cut_at_the_level_a_person_would_choose(string source, string modality, int slice)
    {
        var path = RealData.Path(source);
        var volume = SourceVolumes.Read(path, GreyRange.Brain).Single().Volume;
        var prepared = Preprocessor.Prepare(volume, ShippedReference.Of(modality), GreyRange.Brain);
        Assert.InRange(Math.Abs(volume.Height(prepared.SliceIndex) - volume.Height(slice)), 0, 8);
        Assert.Empty(prepared.Reasons);
    }

    [Theory]
    [InlineData(PhantomKind.T2, "t2")]
    [InlineData(PhantomKind.HeadCt, "ct")]
    public void The_patients_left_stays_on_the_pictures_right(PhantomKind kind, string modality)
    {
        var (plain, marked) = (Prepare(leftMarker: false), Prepare(leftMarker: true));
        var difference = plain
            .Zip(marked, (a, b) => a.Registered.Pixels.Zip(b.Registered.Pixels, (x, y) => Math.Abs(x - y))
                .Select((change, i) => IsBrain(i % 256, i / 256) ? change : 0).ToArray())
            .MaxBy(slice => slice.Max())!;
        var brightest = Array.IndexOf(difference, difference.Max());
        Assert.True(difference.Max() > 50);
        Assert.True(brightest % 256 > 140, $"the marker lies at x {brightest % 256}");

        // The outline changes a little where the slice comes to lie a little otherwise.
        static bool IsBrain(int x, int y) => x is > 70 and < 186 && y is > 70 and < 186;

        // The marker may lie a slice above the level that is chosen.
        PreparedSlice[] Prepare(bool leftMarker)
        {
            var series = PhantomSeries.Create(new() { Seed = 3, Kind = kind, LeftMarker = leftMarker });
            var (volume, reference) = (
                Volume.FromDicom(series.Select(header => new DicomFile(header))), ShippedReference.Of(modality));
            var chosen = Preprocessor.Prepare(volume, reference, GreyRange.Brain);
            Assert.Empty(chosen.Reasons);
            return [.. Enumerable.Range(chosen.SliceIndex, 3).Select(i => Preprocessor.Prepare(
                new(volume[i], reference.Profile, GreyRange.Brain), i, reference, GreyRange.Brain))];
        }
    }
}
