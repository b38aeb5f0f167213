using Gateway.Testing;

namespace Gateway.DicomCodecs.Tests;

/// <summary>What other people's lossless encoders pack, we unpack.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly Dictionary<string, string[]> Encoders = new()
    {
        ["RLE"] = ["dcmcrle"],
        ["JPEG lossless"] = ["dcmcjpeg", "+e1"],
        ["JPEG lossless, predictor 6"] = ["dcmcjpeg", "+el", "+sv", "6"],
        ["JPEG lossless of GDCM"] = ["gdcmconv", "--jpeg"],
        ["JPEG-LS"] = ["dcmcjpls"],
        ["JPEG-LS, plane by plane"] = ["dcmcjpls", "+in"],
        ["JPEG 2000"] = ["gdcmconv", "--j2k"],
    };

    private static readonly Dictionary<string, Func<DicomDataset>> Images = new()
    {
        ["8 bits"] = () => Pictures.Grey(8),
        ["12 bits, 3 frames"] = () => Pictures.Grey(12, frames: 3),
        ["16 bits"] = () => Pictures.Grey(16),
        ["16 bits signed"] = () => Pictures.Grey(16, signed: true),
        ["palette"] = Pictures.Palette,
        ["colour by pixel, 2 frames"] = () => Pictures.Colour(PlanarConfiguration.Interleaved, frames: 2),
        ["colour by plane"] = () => Pictures.Colour(PlanarConfiguration.Planar),
    };

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Cases => [.. from encoder in Encoders.Keys from image in Images.Keys select (encoder, image)];

    [Theory, MemberData(nameof(Cases))]
    public void What_others_pack_without_loss_is_unpacked_to_the_last_bit(string encoder, string image)
    {
        var source = Images[image]();
        new DicomFile(source).Save(_folder.Combine("plain.dcm"));
        Tool.Run(Encoders[encoder][0], [.. Encoders[encoder][1..], _folder.Combine("plain.dcm"), _folder.Combine("packed.dcm")])
            .Succeeded();
        var packed = DicomFile.Open(_folder.Combine("packed.dcm")).Dataset;

        var decoded = DicomDecoder.Decode(packed);

        Assert.True(packed.InternalTransferSyntax.IsEncapsulated);
        Assert.Equal(source.GetString(DicomTag.PhotometricInterpretation), decoded.GetString(DicomTag.PhotometricInterpretation));
        Assert.Equal(ByPixel(source), ByPixel(decoded));
    }

    [Theory, InlineData(8), InlineData(16)]
    public void High_throughput_jpeg_2000_is_unpacked_to_the_last_bit_or_refused_where_that_would_be_unsafe(int stored)
    {
        var source = Pictures.Grey(stored);
        var picture = Pictures.Pixels(source);
        byte[] bigEndian = stored == 8 ? picture : [.. picture.Chunk(2).SelectMany(pair => pair.Reverse())];
        File.WriteAllBytes(
            _folder.Combine("plain.pgm"),
            [.. "P5\n37 19\n"u8, .. System.Text.Encoding.ASCII.GetBytes($"{(1 << stored) - 1}\n"), .. bigEndian]);
        Tool.Run("ojph_compress", "-i", _folder.Combine("plain.pgm"), "-o", _folder.Combine("packed.j2c"), "-reversible", "true")
            .Succeeded();
        var packed = Pictures.Compressed(
            DicomTransferSyntax.HTJ2KLossless, Pictures.Rows, Pictures.Columns, stored, 1,
            File.ReadAllBytes(_folder.Combine("packed.j2c")));

        try
        {
            Assert.Equal(picture, Pictures.Pixels(DicomDecoder.Decode(packed)));
        }
        catch (DicomDataException e)
        {
            // Debian 12 has OpenJPEG 2.5.0, which is not trusted with it.
            Assert.Contains("needs OpenJPEG 2.5.1; 2.5.0 is installed", e.Message, StringComparison.Ordinal);
        }
    }

    private static byte[] ByPixel(DicomDataset dataset)
    {
        var pixels = DicomPixelData.Create(dataset);
        return [.. Enumerable.Range(0, pixels.NumberOfFrames).SelectMany(frame => ByPixel(pixels, pixels.GetFrame(frame).Data))];
    }

    private static byte[] ByPixel(DicomPixelData pixels, byte[] frame)
    {
        var area = frame.Length / pixels.SamplesPerPixel;
        return pixels.SamplesPerPixel == 1 || pixels.PlanarConfiguration == PlanarConfiguration.Interleaved
            ? frame : [.. Enumerable.Range(0, frame.Length).Select(i => frame[i % 3 * area + i / 3])];
    }
}
