using Gateway.Imaging.Gates;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Testing;
using Gateway.Workshop.Limits;
using Gateway.Workshop.Phantom;

namespace Gateway.Imaging.Tests.Gates;

public sealed class OutOfDistributionTests
{
    private static readonly Lazy<VolumeSlice[]> T2 = new(() => Phantom(PhantomKind.T2));
    private static readonly Lazy<VolumeSlice[]> Ct = new(() => Phantom(PhantomKind.HeadCt));

    private static VolumeSlice[] Head(string modality) => modality == "ct" ? Ct.Value : T2.Value;

    [Theory, InlineData("t2"), InlineData("ct")]
    public void A_head_no_limit_was_learned_from_passes(string modality)
    {
        var verdict = Check(modality, Head(modality));

        Assert.True(verdict.Score < 1, string.Join(", ", verdict.Exceedances));
        Assert.Empty(verdict.Reasons);
    }

    [Theory, InlineData("t2"), InlineData("ct")]
    public void A_stack_turned_upside_down_is_named(string modality)
    {
        var head = Head(modality);

        var verdict = Check(modality, [.. head.Zip(head.Reverse(), (place, other) => With(place, other.Image))]);

        Assert.Contains(verdict.Reasons, reason => reason.Code == "upside-down");
    }

    [Theory, InlineData("t2"), InlineData("ct")]
    public void A_head_that_looks_to_the_back_is_named(string modality)
    {
        var verdict = Check(modality, [.. Head(modality).Select(slice => With(slice, Turned(slice.Image)))]);

        Assert.Contains(verdict.Reasons, reason => reason.Code == "turned-round");
    }

    [Theory, InlineData("t2"), InlineData("ct")]
    public void Half_a_head_is_named(string modality)
    {
        var head = Head(modality);

        Assert.Contains(Check(modality, head[..(head.Length / 2)]).Reasons, reason => reason.Code == "upper-half-missing");
        Assert.Contains(Check(modality, head[(head.Length / 2)..]).Reasons, reason => reason.Code == "lower-half-missing");
    }

    public static TheoryData<string, string> Variants => new(
        from variant in VolumeVariant.Good from modality in (string[])["t2", "ct"] select (modality, variant.Name));

    [Theory, MemberData(nameof(Variants))]
    public void Thick_slices_usual_coverage_coarse_pixels_and_noise_pass(string modality, string variant)
    {
        var volume = VolumeVariant.Good.Single(good => good.Name == variant)
            .Of(new(Head(modality)), ShippedReference.Of(modality).Profile, new(1));

        Assert.Empty(Check(modality, [.. volume]).Reasons);
    }

    [Theory, InlineData("t2"), InlineData("ct")]
    public void A_head_of_which_a_part_is_black_is_named(string modality)
    {
        var air = ShippedReference.Of(modality).Profile.Air;
        Image Blackened(Image image) =>
            new(image.Width, image.Height, [.. image.Pixels.Select((value, i) => i % image.Width < 0.38 * image.Width ? air : value)]);

        var verdict = Check(modality, [.. Head(modality).Select(slice => With(slice, Blackened(slice.Image)))]);

        Assert.Contains(verdict.Reasons, reason => reason.Code == "head-cut-off");
    }

    [Theory, InlineData("t2"), InlineData("ct")]
    public void A_head_that_nods_by_far_more_than_heads_do_is_held(string modality)
    {
        var head = HeadPhantom.Sample(new() { Seed = 31 });
        var middle = PhantomPlane.Axial(new(0, 2, 10), 192, 1.2f, new(0.75f, 0, 0)) with { Thickness = 4 };

        var verdict = Check(modality, [.. Enumerable.Range(-14, 29).Select(i => Axial(head.Render(
            middle with { Origin = middle.Origin + (5 * i * middle.Normal) }).ToVolumeSlice(Modality.Parse(modality)), 5 * i))]);

        Assert.Contains(verdict.Reasons, reason => reason.Code is "head-tilted" or "turned-round");
    }

    [Theory, InlineData("t2"), InlineData("ct")]
    public void Slices_in_disorder_are_held_and_slices_of_a_moving_head_are_named(string modality)
    {
        var (profile, head) = (ShippedReference.Of(modality).Profile, Head(modality));
        var order = Enumerable.Range(0, head.Length).ToArray();
        new Random(1).Shuffle(order);

        var shuffled = Check(modality, [.. head.Select((slice, i) => With(slice, head[order[i]].Image))]);
        var moved = Check(modality, [.. VolumeVariant.Moved(new(head), profile, 6, new(1))]);

        Assert.True(shuffled.Score > 1.2, string.Join(", ", shuffled.Exceedances));
        Assert.Contains(moved.Reasons, reason => reason.Code == "slices-jump");
    }

    [Theory]
    [InlineData("dicom/t2_fnndsc_siemens", "t2", false)]
    [InlineData("ct/dcm_qa_ct_GE_HiSpeed", "ct", false)]
    [InlineData("dicom/ct_phantom_philips", "ct", true)]
    public void Of_real_series_a_head_passes_and_a_plastic_one_is_held(string folder, string modality, bool held)
    {
        var path = RealData.Path(folder);
        var volume = Volume.FromDicom(
            Directory.GetFiles(path, "*.dcm").Where(file => Path.GetFileName(file) != "DIRFILE.dcm").Select(file => DicomFile.Open(file)));

        var verdict = Check(modality, [.. volume]);

        Assert.True(verdict.Score > 1 == held, string.Join(", ", verdict.Exceedances));
    }

    [Fact]
    public void Limits_changed_by_hand_or_of_another_reference_are_not_loaded()
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine(ArchiveLimits.FileName);
        var text = File.ReadAllText(Path.Combine(ShippedReference.Folder("t2"), ArchiveLimits.FileName));
        File.WriteAllText(file, text);
        Assert.Equal(
            ["archive", "phantom", "painted", "volumes", "heads"],
            ArchiveLimits.Load(folder.Path, ShippedReference.Of("t2")).Parts.Select(part => part.Name));
        Assert.Throws<InvalidDataException>(() => ArchiveLimits.Load(folder.Path, ShippedReference.Of("ct")));

        File.WriteAllText(file, text.Replace("\"subjects\":", "\"subjects\":1", StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => ArchiveLimits.Load(folder.Path, ShippedReference.Of("t2")));
    }

    private static GateVerdict Check(string modality, VolumeSlice[] slices)
    {
        var reference = ShippedReference.Of(modality);
        var prepared = Preprocessor.Prepare(new Volume(slices), reference, reference.Window);
        return new OutOfDistribution(reference, ArchiveLimits.Load(ShippedReference.Folder(modality), reference)).Check(prepared);
    }

    private static VolumeSlice[] Phantom(PhantomKind kind)
    {
        var options = new PhantomSeriesOptions { Seed = 31, Kind = kind };
        var head = HeadPhantom.Sample(new() { Seed = options.Seed });
        return [.. PhantomSeries.Planes(options).Select(
            plane => head.Render(plane).ToVolumeSlice((kind == PhantomKind.T2 ? ShippedModalities.T2 : ShippedModalities.Ct).Modality))];
    }

    private static VolumeSlice With(VolumeSlice slice, Image image) => VolumeVariant.With(slice, image);

    /// <summary>As a scanner would write it that does not know how the head lies.</summary>
    private static VolumeSlice Axial(VolumeSlice slice, double z) => new()
    {
        Image = slice.Image,
        Position = new(-slice.Width * slice.ColumnSpacing / 2, -slice.Height * slice.RowSpacing / 2, z),
        RowDirection = new(1, 0, 0),
        ColumnDirection = new(0, 1, 0),
        RowSpacing = slice.RowSpacing,
        ColumnSpacing = slice.ColumnSpacing,
    };

    private static Image Turned(Image image) => new(image.Width, image.Height, [.. image.Pixels.AsEnumerable().Reverse()]);
}
