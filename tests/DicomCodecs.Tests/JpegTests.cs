using Gateway.Testing;

namespace Gateway.DicomCodecs.Tests;

public sealed class JpegTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(1, 0), InlineData(2, 0), InlineData(3, 0), InlineData(4, 0), InlineData(5, 0), InlineData(6, 0), InlineData(7, 0),
        InlineData(1, 2)]
    public void Every_predictor_of_lossless_jpeg_gives_the_pixels_back(int predictor, int pointTransform)
    {
        var source = Pictures.Grey(16, signed: true);

        var decoded = DicomDecoder.Decode(Pack(source, "+el", "+sv", $"{predictor}", "+pt", $"{pointTransform}"));

        var difference = Samples(source).Zip(Samples(decoded), (a, b) => Math.Abs(a - b)).Max();
        Assert.InRange(difference, 0, (1 << pointTransform) - 1);
    }

    [Theory, InlineData("+s4", "YBR_FULL"), InlineData("+s2", "YBR_FULL_422"), InlineData("+n1", "YBR_FULL"), InlineData("+cr", "RGB")]
    public void Colour_of_every_sampling_comes_back_as_rgb(string sampling, string photometric)
    {
        var packed = Pack(Pictures.Colour(PlanarConfiguration.Planar), "+eb", sampling);
        Assert.Equal(photometric, packed.GetString(DicomTag.PhotometricInterpretation));

        var decoded = DicomDecoder.Decode(packed);

        Assert.Equal("RGB", decoded.GetString(DicomTag.PhotometricInterpretation));
        Assert.Equal(0, decoded.GetSingleValue<int>(DicomTag.PlanarConfiguration));
        var theirs = Pictures.Pixels(Dcmtk.Decode(_folder.Combine("packed.dcm"), _folder.Combine("unpacked.dcm")));
        Assert.InRange(Pictures.Pixels(decoded).Zip(theirs, (a, b) => Math.Abs(a - b)).Max(), 0, 3);
    }

    private static IEnumerable<short> Samples(DicomDataset dataset) =>
        Pictures.Pixels(dataset).Chunk(2).Select(pair => BitConverter.ToInt16(pair));

    private DicomDataset Pack(DicomDataset source, params string[] options)
    {
        new DicomFile(source).Save(_folder.Combine("plain.dcm"));
        Tool.Run("dcmcjpeg", [.. options, _folder.Combine("plain.dcm"), _folder.Combine("packed.dcm")]).Succeeded();
        return DicomFile.Open(_folder.Combine("packed.dcm")).Dataset;
    }
}
