using Gateway.Imaging.Volumes;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.Imaging.Tests;

public sealed class EnhancedImageTests
{
    [Theory]
    [InlineData(PhantomKind.T2)]
    [InlineData(PhantomKind.HeadCt)]
    public void An_enhanced_image_is_the_volume_of_its_single_frame_twins(PhantomKind kind)
    {
        var images = Images(kind);
        var (expected, volume) =
            (Volume.FromDicom(images.Select(image => new DicomFile(image))), Volume.FromDicom([new(EnhancedSeries.Of(images))]));

        Assert.Equal(expected.Count, volume.Count);
        foreach (var (twin, slice) in expected.Zip(volume))
        {
            Assert.Equal(twin.Image.Pixels, slice.Image.Pixels);
            Assert.Equal(
                (twin.Position, twin.RowDirection, twin.ColumnDirection, twin.RowSpacing),
                (slice.Position, slice.RowDirection, slice.ColumnDirection, slice.RowSpacing));
            Assert.Equal(twin.Header!.GetString(DicomTag.ImagePositionPatient), slice.Header!.GetString(DicomTag.ImagePositionPatient));
            Assert.Equal(slice.FrameNumber, slice.Header.GetSingleValue<int>(DicomTag.InstanceNumber));
            Assert.False(slice.Header.Contains(DicomTag.PixelData) || EnhancedImage.IsEnhanced(slice.Header));
        }
    }

    [Fact]
    public void What_one_frame_says_wins_over_what_all_share_and_over_leftovers_at_the_top()
    {
        var images = Images(PhantomKind.HeadCt);
        images[2].AddOrUpdate(DicomTag.RescaleIntercept, 100m);
        var enhanced = EnhancedSeries.Of(images).AddOrUpdate(DicomTag.RescaleIntercept, 9999m).AddOrUpdate(DicomTag.PixelSpacing, 7m, 7m);
        enhanced.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Items[2].AddOrUpdate(new DicomSequence(
            DicomTag.PixelValueTransformationSequence,
            new DicomDataset().AddOrUpdate(DicomTag.RescaleSlope, 1m).AddOrUpdate(DicomTag.RescaleIntercept, 100m)));

        var slices = Volume.FromDicom([new(enhanced)]);

        Assert.Equal(
            Volume.FromDicom(images.Select(image => new DicomFile(image))).Select(s => s.Image.Pixels[0]),
            slices.Select(s => s.Image.Pixels[0]));
        Assert.All(slices, slice => Assert.Equal(3.6, slice.RowSpacing, 1e-6));
    }

    [Theory]
    [InlineData("no-geometry")]
    [InlineData("multi-frame")]
    [InlineData("pixel-data-short")]
    [InlineData("duplicate-positions")]
    public void What_is_wrong_with_a_frame_is_named(string code)
    {
        var enhanced = EnhancedSeries.Of(Images(PhantomKind.T2));
        var frames = enhanced.GetSequence(DicomTag.PerFrameFunctionalGroupsSequence).Items;
        _ = code switch
        {
            "no-geometry" => frames[1].Remove(DicomTag.PlanePositionSequence),
            "multi-frame" => enhanced.AddOrUpdate(DicomTag.NumberOfFrames, frames.Count + 1),
            "pixel-data-short" => enhanced.AddOrUpdate(
                DicomVR.OW, DicomTag.PixelData, (IByteBuffer)new MemoryByteBuffer(new byte[64 * 64 * 3])),
            _ => frames[1].AddOrUpdate(frames[0].GetSequence(DicomTag.PlanePositionSequence)),
        };
        Assert.Equal(code, Assert.Throws<VolumeException>(() => Volume.FromDicom([new(enhanced)])).Reason.Code);
    }

    [Fact]
    public void Frames_without_functional_groups_lie_nowhere()
    {
        var path = RealData.Path("dicom/enhanced_multiframe/emri_small.dcm");
        Assert.Equal("multi-frame", Assert.Throws<VolumeException>(() => Volume.FromDicom([DicomFile.Open(path)])).Reason.Code);
    }

    private static List<DicomDataset> Images(PhantomKind kind) =>
        [.. PhantomSeries.Create(new() { Seed = 3, Kind = kind, Slices = 5, Size = 64, Spacing = 3.6 })];
}
