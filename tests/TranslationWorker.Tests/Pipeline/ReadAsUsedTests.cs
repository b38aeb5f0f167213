using Gateway.Imaging.Tests;
using Gateway.Imaging.Volumes;
using Gateway.Testing;
using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests.Pipeline;

/// <summary>Pixels are read while a series is translated: what is made of them is the same, and so is what is said of bad ones.</summary>
public sealed class ReadAsUsedTests : IDisposable
{
    private readonly Translations _translations = new();

    public void Dispose() => _translations.Dispose();

    [Fact]
    public void Little_memory_gives_the_files_that_much_gives()
    {
        var images = Images(size: 256);     // 256 KiB a slice, 6 MiB in all

        var much = _translations.Run(Shipped.T2ToCt, new TranslationOptions { Slices = SliceCoverage.All }, images);
        var little = _translations.Run(Shipped.T2ToCt, new TranslationOptions { Slices = SliceCoverage.All, DecodedMebibytes = 1 }, images);

        Assert.Equal(much.Derived.Select(Derived.DerivedSample.Bytes), little.Derived.Select(Derived.DerivedSample.Bytes));
        Assert.Equal(much.Sheet, little.Sheet);
    }

    [Fact]
    public void Frames_of_a_compressed_enhanced_image_are_decoded_one_by_one()
    {
        var images = Images(size: 128);
        var native = _translations.Save(new DicomFile(EnhancedSeries.Of(images)), "native.dcm");
        var compressed = native + ".rle";
        Tool.Run("dcmcrle", native, compressed).Succeeded();

        var twin = _translations.Run(Shipped.T2ToCt, SliceCoverage.Chosen, images);
        var result = _translations.Run(Shipped.T2ToCt, new TranslationOptions { DecodedMebibytes = 1 }, [compressed]);

        Assert.Equal(
            DicomPixelData.Create(twin.Derived[0].Dataset).GetFrame(0).Data,
            DicomPixelData.Create(result.Derived[0].Dataset).GetFrame(0).Data);
    }

    [Theory, InlineData("pixel-data-short"), InlineData("pixel-format"), InlineData("no-pixel-data")]
    public void What_is_wrong_with_the_pixels_of_one_slice_is_the_reason(string code)
    {
        var images = Images(size: 32);
        IByteBuffer half = new MemoryByteBuffer(new byte[32 * 32]);
        _ = code switch
        {
            "pixel-data-short" => images[5].AddOrUpdate(DicomVR.OW, DicomTag.PixelData, half),
            "pixel-format" => images[5].AddOrUpdate(DicomTag.RescaleSlope, 0m),
            _ => images[5].Remove(DicomTag.PixelData),
        };

        Assert.Equal(
            code, Assert.Throws<VolumeException>(() => _translations.Run(Shipped.T2ToCt, SliceCoverage.Chosen, images)).Reason.Code);
    }

    private static List<DicomDataset> Images(int size) =>
        [.. PhantomSeries.Create(new() { Seed = 3, Kind = PhantomKind.T2, Size = size, Spacing = 230.4 / size })];
}
