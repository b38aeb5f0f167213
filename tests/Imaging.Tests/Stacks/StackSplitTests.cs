using System.Globalization;
using Gateway.Imaging.Stacks;

namespace Gateway.Imaging.Tests.Stacks;

/// <summary>What belongs together in a series, by headers alone.</summary>
public sealed class StackSplitTests
{
    [Fact]
    public void Two_echoes_of_every_place_are_two_stacks_that_are_told_apart()
    {
        var series = Both((_, image) => Set(image, DicomTag.EchoTime, "15"), (_, image) => Set(image, DicomTag.EchoTime, "100"));

        Assert.Equal(["12 images (echo time 15 ms)", "12 images (echo time 100 ms)"], Names(series));
    }

    [Fact]
    public void Echo_numbers_alone_tell_images_apart_that_are_the_same_in_all_else() =>
        Assert.Equal(
            ["12 images (echo 1)", "12 images (echo 2)"], Names(
                Both((_, image) => Set(image, DicomTag.EchoNumbers, "1"), (_, image) => Set(image, DicomTag.EchoNumbers, "2"))));

    [Fact]
    public void Two_kernels_are_two_stacks_and_the_sharp_one_is_known()
    {
        var stacks = Split(
            Both(
                (_, image) => Set(image, DicomTag.ConvolutionKernel, "Hr64h", "3"),
                (_, image) => Set(image, DicomTag.ConvolutionKernel, "Hr38f", "3")));

        Assert.Equal([(12, true), (12, false)], stacks.Select(stack => (stack.Images.Count, stack.IsSharp)));
    }

    [Theory]
    [InlineData("H30s", false), InlineData("H70h", true), InlineData("Hr59", true), InlineData("STANDARD", false), InlineData(
        "BONEPLUS", true)]
    [InlineData("FC21", false), InlineData("FC30", true), InlineData("FC64", false), InlineData("FC81", true), InlineData("UB", false),
        InlineData("YB", true), InlineData("DETAIL", true), InlineData("B50f", true), InlineData("J45s", false), InlineData("D", true),
            InlineData("", false)]
    public void Kernels_for_bone_are_known_by_name(string kernel, bool sharp) =>
        Assert.Equal(sharp, Assert.Single(Split([Set(Image(0), DicomTag.ConvolutionKernel, kernel)])).IsSharp);

    [Fact]
    public void A_scout_stands_alone()
    {
        var scout = Set(
            Set(Image(0), DicomTag.ImageType, "ORIGINAL", "PRIMARY", "LOCALIZER"), DicomTag.ImageOrientationPatient, 0m, 1m,
            0m, 0m, 0m, -1m);

        Assert.Equal(
            ["1 image (localizer, tilted 90 degrees from axial)", "12 images (image type PRIMARY\\AXIAL, tilted 0 degrees from axial)"],
            Names([scout, .. Axials()]).Order());
    }

    [Fact]
    public void A_projection_among_the_images_it_was_made_from_stands_alone() => Assert.Equal(
        [1, 12], Sizes([Set(Place(Image(0), 7.5), DicomTag.ImageType, "DERIVED", "SECONDARY", "MIP"), .. Axials()]).Order());

    [Fact]
    public void Places_of_two_frames_of_reference_are_not_compared() => Assert.Equal(
        ["6 images (frame of reference 1 of 2)", "6 images (frame of reference 2 of 2)"],
        Names(Axials((i, image) => Set(image, DicomTag.FrameOfReferenceUID, i < 6 ? "1.2.1" : "1.2.2"))).Order());

    [Fact]
    public void An_attribute_that_some_images_lack_splits_nothing() => Assert.Equal(
        [12], Sizes(Axials((i, image) => i % 3 == 0 ? image.Remove(DicomTag.ConvolutionKernel, DicomTag.FrameOfReferenceUID) : image)));

    [Fact]
    public void Nor_does_an_echo_time_that_some_images_lack_unless_they_are_another_echo_of_the_same_places()
    {
        Assert.Equal([12], Sizes(Axials((i, image) => i == 3 ? image.Remove(DicomTag.EchoTime) : Set(image, DicomTag.EchoTime, "96"))));
        Assert.Equal(
            [12, 12], Sizes(Both((_, image) => image.Remove(DicomTag.EchoTime), (_, image) => Set(image, DicomTag.EchoTime, "96"))));
    }

    [Theory, InlineData("AcquisitionNumber"), InlineData("AcquisitionTime"), InlineData("TemporalPositionIdentifier"), InlineData("KVP")]
    public void What_changes_from_slice_to_slice_does_not_split_one_clean_stack(string keyword) =>
        Assert.Equal([12], Sizes(Axials((i, image) => Set(image, Tag(keyword), $"{101500 + i}"))));

    [Theory, InlineData("AcquisitionNumber"), InlineData("TemporalPositionIdentifier"), InlineData("KVP"), InlineData("TriggerTime")]
    public void It_tells_apart_what_lies_at_one_place(string keyword) =>
        Assert.Equal([12, 12], Sizes(Both((_, image) => Set(image, Tag(keyword), "80"), (_, image) => Set(image, Tag(keyword), "140"))));

    [Fact]
    public void So_does_the_time_of_acquisition() =>
        Assert.Equal(
            [12, 12], Sizes(
                Both(
                    (i, image) => Set(image, DicomTag.AcquisitionTime, $"{101500 + i}"),
                    (i, image) => Set(image, DicomTag.AcquisitionTime, $"{101520 + i}"))));

    [Fact]
    public void A_copy_that_was_worked_on_is_told_by_its_whole_image_type() => Assert.Equal(
        ["12 images (image type DERIVED\\PRIMARY\\AXIAL)", "12 images (image type ORIGINAL\\PRIMARY\\AXIAL)"],
        Names(Both((_, image) => image, (_, image) => Set(image, DicomTag.ImageType, "DERIVED", "PRIMARY", "AXIAL"))).Order());

    [Fact]
    public void Time_points_whose_acquisition_number_runs_on_from_slice_to_slice_are_one_stack_each()
    {
        List<DicomDataset> series = [];
        for (var time = 0; time < 3; time++)
            series.AddRange(Axials((i, image) => Set(image, DicomTag.AcquisitionNumber, $"{12 * time + i + 1}")));
        series.RemoveAt(5);     // in the first time point, which then stays without it

        var stacks = Split(Renamed(series));

        Assert.Equal([11, 12, 12], stacks.Select(stack => stack.Images.Count));
        Assert.All(stacks.Index(), stack => Assert.All(
            stack.Item.Images, image => Assert.Equal(
                stack.Index, (image.Header.GetSingleValue<int>(DicomTag.AcquisitionNumber) - 1) / 12)));
    }

    [Fact]
    public void A_slice_that_was_taken_again_leaves_the_stack_whole()
    {
        var again = Set(Image(4), DicomTag.AcquisitionNumber, "5");

        Assert.Equal(
            [1, 12],
            Sizes(Renamed([again, .. Axials((i, image) => Set(image, DicomTag.AcquisitionNumber, $"{(i < 5 ? i : i + 1)}"))])).Order());
    }

    [Fact]
    public void A_repeat_that_nothing_tells_apart_stays_where_it_is_and_is_no_further_place()
    {
        var stack = Assert.Single(Split(Renamed([.. Axials(), Place(Image(4), 4 * 5 + 0.02)])));

        Assert.Equal((13, 12), (stack.Images.Count, stack.Places));
    }

    [Fact]
    public void Thin_and_thick_slices_of_one_scan_are_two_stacks_but_a_thinner_base_is_none()
    {
        var thick = Axials((_, image) => Set(image, DicomTag.SliceThickness, "5"));
        var thin = Enumerable.Range(0, 50).Select(i => Set(Place(Image(i), i * 1.2 + 0.3), DicomTag.SliceThickness, "1.2"));
        var skull = Axials((i, image) => Set(image, DicomTag.SliceThickness, i < 5 ? "2.5" : "5"));

        Assert.Equal([12, 50], Sizes(Renamed([.. thick, .. thin])).Order());
        Assert.Equal([12], Sizes(skull));
    }

    [Fact]
    public void A_tilted_gantry_missing_slices_and_jitter_of_the_last_decimals_split_nothing()
    {
        var (sin, cos) = Math.SinCos(20 * Math.PI / 180);
        var random = new Random(1);
        decimal Jitter() => Math.Round((decimal)(random.NextDouble() - 0.5) * 4e-4m, 6);
        var tilted = Axials(
            (i, image) => Set(
                image, DicomTag.ImageOrientationPatient, 1m + Jitter(), Jitter(), Jitter(), Jitter(), (decimal)cos + Jitter(),
                (decimal)-sin + Jitter()));
        tilted.RemoveRange(3, 2);

        Assert.Equal([10], Sizes(tilted));
    }

    [Theory, InlineData("PixelSpacing", "0.4\\0.4", "0.8\\0.8"), InlineData("Rows", "256", "512"), InlineData(
        "SOPClassUID", "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.7")]
    public void Other_grids_and_other_kinds_of_objects_stand_apart(string keyword, string most, string few) => Assert.Equal(
        [4, 8],
        Sizes(
            Axials((i, image) => keyword == "Rows"
                ? Set(image, Tag(keyword), ushort.Parse(i < 8 ? most : few, CultureInfo.InvariantCulture))
                : Set(image, Tag(keyword), (i < 8 ? most : few).Split('\\')))).Order());

    [Fact]
    public void Images_without_a_place_stand_apart_from_those_with_one() =>
        Assert.Equal([1, 11], Sizes(Axials((i, image) => i == 3 ? image.Remove(DicomTag.ImagePositionPatient) : image)).Order());

    [Fact]
    public void Frames_of_an_enhanced_image_are_split_as_images_are()
    {
        var twins = Both((_, image) => Set(image, DicomTag.EchoTime, "15"), (_, image) => Set(image, DicomTag.EchoTime, "100"));
        var enhanced = EnhancedEchoes(twins);

        var stacks = Split([enhanced]);

        Assert.Equal(["12 images (echo time 15 ms)", "12 images (echo time 100 ms)"], stacks.Select(stack => stack.Name));
        Assert.Equal(Enumerable.Range(1, 12), stacks[0].Images.Select(image => image.Frame!.Value));
    }

    private static DicomDataset EnhancedEchoes(List<DicomDataset> images)
    {
        DicomDataset Frame(DicomDataset image)
        {
            var position = new DicomDataset();
            image.CopyTo(position, DicomTag.ImagePositionPatient);
            return new DicomDataset()
                .AddOrUpdate(new DicomSequence(DicomTag.PlanePositionSequence, position))
                .AddOrUpdate(
                    new DicomSequence(
                        DicomTag.MREchoSequence, new DicomDataset().AddOrUpdate(
                            DicomTag.EffectiveEchoTime, image.GetSingleValue<double>(DicomTag.EchoTime))));
        }

        var shared = new DicomDataset();
        images[0].CopyTo(shared, DicomTag.ImageOrientationPatient);
        return Image(0).Remove(DicomTag.ImagePositionPatient, DicomTag.ImageOrientationPatient)
            .AddOrUpdate(
                new DicomSequence(
                    DicomTag.SharedFunctionalGroupsSequence, new DicomDataset().AddOrUpdate(
                        new DicomSequence(DicomTag.PlaneOrientationSequence, shared))))
            .AddOrUpdate(new DicomSequence(DicomTag.PerFrameFunctionalGroupsSequence, [.. images.Select(Frame)]));
    }

    private static List<DicomDataset> Both(Func<int, DicomDataset, DicomDataset> first, Func<int, DicomDataset, DicomDataset> second) =>
        Renamed([.. Axials(first), .. Axials(second)]);

    private static List<DicomDataset> Axials(Func<int, DicomDataset, DicomDataset>? change = null) => StackSeries.Axials(12, change);

    private static DicomDataset Image(int index) => StackSeries.Image(index);

    private static DicomDataset Place(DicomDataset image, double z) => StackSeries.Place(image, z);

    private static DicomDataset Set<T>(DicomDataset image, DicomTag tag, params T[] values) => image.AddOrUpdate(tag, values);

    private static List<DicomDataset> Renamed(List<DicomDataset> images) => StackSeries.Renamed(images);

    private static DicomTag Tag(string keyword) => keyword switch
    {
        nameof(DicomTag.AcquisitionNumber) => DicomTag.AcquisitionNumber,
        nameof(DicomTag.AcquisitionTime) => DicomTag.AcquisitionTime,
        nameof(DicomTag.TemporalPositionIdentifier) => DicomTag.TemporalPositionIdentifier,
        nameof(DicomTag.KVP) => DicomTag.KVP,
        nameof(DicomTag.TriggerTime) => DicomTag.TriggerTime,
        nameof(DicomTag.PixelSpacing) => DicomTag.PixelSpacing,
        nameof(DicomTag.Rows) => DicomTag.Rows,
        _ => DicomTag.SOPClassUID,
    };

    private static IReadOnlyList<ImageStack> Split(IReadOnlyList<DicomDataset> images) => StackSplit.Of(StackImage.Of(images));

    private static IEnumerable<int> Sizes(IReadOnlyList<DicomDataset> images) => Split(images).Select(stack => stack.Images.Count);

    private static IEnumerable<string> Names(IReadOnlyList<DicomDataset> images) => Split(images).Select(stack => stack.Name);
}
