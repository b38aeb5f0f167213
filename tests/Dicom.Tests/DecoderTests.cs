using System.Diagnostics;
using CsCheck;
using Gateway.DicomCodecs;
using Gateway.Testing;

namespace Gateway.Dicom.Tests;

public sealed class DecoderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("decoder");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Files of the transfer syntaxes we decode, and the dcmtk tool that decodes them too.</summary>
    public static TheoryData<string, string> Compressed => new()
    {
        { "wg04_transfer_syntaxes/CT1_RLE.dcm", "dcmdrle" },
        { "wg04_transfer_syntaxes/MR4_RLE.dcm", "dcmdrle" },
        { "ct_chest_all_transfer_syntaxes/CTImage.dcm_RLELosslessTransferSyntax_1.2.840.10008.1.2.5.dcm", "dcmdrle" },
        { "wg04_transfer_syntaxes/CT1_JPLL.dcm", "dcmdjpeg" },
        { "wg04_transfer_syntaxes/CT2_JPLL.dcm", "dcmdjpeg" },
        { "wg04_transfer_syntaxes/MR1_JPLL.dcm", "dcmdjpeg" },
        { "wg04_transfer_syntaxes/MR4_JPLL.dcm", "dcmdjpeg" },
        { "ct_chest_all_transfer_syntaxes/CTImage.dcm_JPEGProcess14TransferSyntax_1.2.840.10008.1.2.4.57.dcm", "dcmdjpeg" },
        { "ct_chest_all_transfer_syntaxes/CTImage.dcm_JPEGProcess14SV1TransferSyntax_1.2.840.10008.1.2.4.70.dcm", "dcmdjpeg" },
        { "ct_chest_all_transfer_syntaxes/CTImage.dcm_JPEGProcess1TransferSyntax_1.2.840.10008.1.2.4.50.dcm", "dcmdjpeg" },
        { "wg04_transfer_syntaxes/MR1_JPLY.dcm", "dcmdjpeg" },
        { "wg04_transfer_syntaxes/MR4_JPLY.dcm", "dcmdjpeg" },
        { "ct_chest_all_transfer_syntaxes/CTImage.dcm_JPEGProcess2_4TransferSyntax_1.2.840.10008.1.2.4.51.dcm", "dcmdjpeg" },
    };

    [Theory, MemberData(nameof(Compressed))]
    public void Real_compressed_images_decode_as_dcmtk_decodes_them(string file, string tool)
    {
        if (RealData.Path("dicom/" + file) is not { } path) return;
        var source = DicomFile.Open(path).Dataset;

        var ours = DicomDecoder.Decode(source);

        var theirs = DicomFile.Open(Dcmtk(tool, path)).Dataset;
        Assert.False(ours.InternalTransferSyntax.IsEncapsulated);
        // The standard lets inverse transforms round either way.
        Assert.InRange(LargestDifference(ours, theirs), 0, source.InternalTransferSyntax.IsLossy ? 1 : 0);
    }

    [Theory, InlineData(1, 0), InlineData(2, 0), InlineData(3, 0), InlineData(4, 0), InlineData(5, 0), InlineData(6, 0), InlineData(7, 0), InlineData(1, 2)]
    public void Every_predictor_of_lossless_jpeg_gives_the_pixels_back(int predictor, int pointTransform)
    {
        var source = Noise();
        var (plain, compressed) = (Path.Combine(_folder.FullName, "plain.dcm"), Path.Combine(_folder.FullName, "jpeg.dcm"));
        new DicomFile(source).Save(plain);
        Run("dcmcjpeg", "+el", "+sv", $"{predictor}", "+pt", $"{pointTransform}", plain, compressed);

        var decoded = DicomDecoder.Decode(DicomFile.Open(compressed).Dataset);

        Assert.InRange(LargestDifference(decoded, source), 0, (1 << pointTransform) - 1);
    }

    /// <summary>Signed pixels over the whole range of 16 bits, with smooth and with wild parts.</summary>
    private static DicomDataset Noise()
    {
        var dataset = Samples.Image().AddOrUpdate(DicomTag.Rows, (ushort)37).AddOrUpdate(DicomTag.Columns, (ushort)41)
            .Add(DicomTag.PhotometricInterpretation, "MONOCHROME2").AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        var random = new Random(1);
        var pixels = Enumerable.Range(0, 37 * 41).Select(i => i < 700 ? (short)(i * 90 - 32_000) : (short)random.Next(short.MinValue, short.MaxValue));
        DicomPixelData.Create(dataset, true).AddFrame(new MemoryByteBuffer([.. pixels.SelectMany(BitConverter.GetBytes)]));
        return dataset;
    }

    private static int LargestDifference(DicomDataset ours, DicomDataset theirs)
    {
        Assert.Equal(theirs.GetDicomItem<DicomElement>(DicomTag.PixelData)!.Length, ours.GetDicomItem<DicomElement>(DicomTag.PixelData)!.Length);
        return ours.GetSingleValue<int>(DicomTag.BitsAllocated) == 8
            ? ours.GetValues<byte>(DicomTag.PixelData).Zip(theirs.GetValues<byte>(DicomTag.PixelData), (a, b) => Math.Abs(a - b)).Max()
            : ours.GetValues<short>(DicomTag.PixelData).Zip(theirs.GetValues<short>(DicomTag.PixelData), (a, b) => Math.Abs(a - b)).Max();
    }

    [Fact]
    public void What_is_not_decoded_is_named()
    {
        var dataset = new DicomDataset(DicomTransferSyntax.JPEG2000Lossless).Add(Samples.Encapsulated());

        var refused = Assert.Throws<DicomDataException>(() => DicomDecoder.Decode(dataset));

        Assert.Contains("JPEG 2000", refused.Message, StringComparison.Ordinal);
        Assert.Contains("1.2.840.10008.1.2.4.90", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Native_pixels_come_back_in_explicit_little_endian()
    {
        var decoded = DicomDecoder.Decode(Samples.Image(DicomTransferSyntax.ImplicitVRLittleEndian));

        Assert.Equal(DicomTransferSyntax.ExplicitVRLittleEndian, decoded.InternalTransferSyntax);
        Assert.Equal(Samples.Image().GetValues<short>(DicomTag.PixelData), decoded.GetValues<short>(DicomTag.PixelData));
    }

    [Theory, InlineData(3, (ushort)8, PlanarConfiguration.Interleaved), InlineData(3, (ushort)8, PlanarConfiguration.Planar), InlineData(1, (ushort)16, PlanarConfiguration.Interleaved), InlineData(1, (ushort)32, PlanarConfiguration.Interleaved)]
    public void Rle_of_every_layout_decodes_to_what_was_packed(int samples, ushort bits, PlanarConfiguration planar)
    {
        Gen.Byte.Array[6 * samples * bits / 8].Sample(pixels =>
        {
            var dataset = Rle(samples, bits, planar);
            DicomPixelData.Create(dataset, true).AddFrame(new MemoryByteBuffer(Pack(pixels, samples, bits / 8, planar)));

            Assert.Equal(pixels, DicomDecoder.Decode(dataset).GetValues<byte>(DicomTag.PixelData));
        }, iter: 200);
    }

    [Fact]
    public void Damaged_frames_are_refused_and_never_crash()
    {
        byte[] rle = Pack([.. Enumerable.Range(0, 12).Select(i => (byte)i)], 1, 2, PlanarConfiguration.Interleaved);
        Gen.Select(Gen.Int[0, rle.Length - 1], Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var damaged = rle.ToArray();
            foreach (var (at, value) in changes) damaged[at] = value;
            var dataset = Rle(1, 16, PlanarConfiguration.Interleaved);
            DicomPixelData.Create(dataset, true).AddFrame(new MemoryByteBuffer(damaged));
            try
            {
                Assert.Equal(12, DicomDecoder.Decode(dataset).GetValues<byte>(DicomTag.PixelData).Length);
            }
            catch (DicomDataException)
            {
            }
        }, iter: 3_000);
    }

    [Fact]
    public void Damaged_jpeg_is_refused_or_decoded_but_never_crashes()
    {
        if (RealData.Path("dicom/wg04_transfer_syntaxes/MR4_JPLL.dcm") is not { } path) return;
        var source = DicomFile.Open(path).Dataset;
        var whole = DicomPixelData.Create(source).GetFrame(0).Data;
        Gen.Select(Gen.Int[0, 600], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            var damaged = whole.ToArray();
            foreach (var (at, value) in changes) damaged[at] = value;
            var dataset = source.Clone();
            DicomPixelData.Create(dataset, true).AddFrame(new MemoryByteBuffer(damaged));
            try
            {
                DicomDecoder.Decode(dataset);
            }
            catch (DicomDataException)
            {
            }
        }, iter: 60);
    }

    [Fact]
    public void A_few_bytes_that_claim_a_huge_image_are_refused_before_it_is_allocated()
    {
        var dataset = Rle(1, 16, PlanarConfiguration.Interleaved).AddOrUpdate(DicomTag.Rows, (ushort)30_000).AddOrUpdate(DicomTag.Columns, (ushort)30_000);
        DicomPixelData.Create(dataset, true).AddFrame(new MemoryByteBuffer(new byte[100]));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DicomDataException>(() => DicomDecoder.Decode(dataset));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static DicomDataset Rle(int samples, ushort bits, PlanarConfiguration planar) => new DicomDataset(DicomTransferSyntax.RLELossless)
        .Add(DicomTag.Rows, (ushort)2).Add(DicomTag.Columns, (ushort)3).Add(DicomTag.BitsAllocated, bits)
        .Add(DicomTag.SamplesPerPixel, (ushort)samples).Add(DicomTag.PlanarConfiguration, (ushort)planar);

    /// <summary>The plainest encoder: a literal run for the first half of each plane, runs of one value for the rest.</summary>
    private static byte[] Pack(byte[] pixels, int samples, int bytes, PlanarConfiguration planar)
    {
        var (header, body) = (new uint[16], new List<byte>());
        header[0] = (uint)(samples * bytes);
        for (var segment = 0; segment < samples * bytes; segment++)
        {
            header[segment + 1] = (uint)(64 + body.Count);
            var (sample, byteIndex) = (segment / bytes, bytes - 1 - segment % bytes);
            var plane = Enumerable.Range(0, 6).Select(i => pixels[(planar == PlanarConfiguration.Planar ? sample * 6 + i : i * samples + sample) * bytes + byteIndex]).ToArray();
            body.AddRange([2, .. plane[..3], 0x80]);
            foreach (var value in plane[3..]) body.AddRange([0, value]);
            if (body.Count % 2 == 1) body.Add(0);
        }
        return [.. header.SelectMany(BitConverter.GetBytes), .. body];
    }

    private string Dcmtk(string tool, string path)
    {
        var output = Path.Combine(_folder.FullName, "decoded.dcm");
        Run(tool, path, output);
        return output;
    }

    private static void Run(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
