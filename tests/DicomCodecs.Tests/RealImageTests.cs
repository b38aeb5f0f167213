using System.Buffers.Binary;
using Gateway.Testing;

namespace Gateway.DicomCodecs.Tests;

/// <summary>Every compressed file of the real data against decoders of other people.</summary>
public sealed class RealImageTests : IDisposable
{
    /// <summary>The two inverse cosine transforms may round to either side (PS3.5 section 8.2.1 leaves it open).</summary>
    private const int LossyGrey = 1;

    /// <summary>Roundings of luminance and both chrominances together.</summary>
    private const int LossyColour = 3;

    /// <summary>No images, or none of the size that the data set says; we say so.</summary>
    private static readonly string[] Refused =
    [
        "fo-dicom/genFile.dcm",                                           // ends early
        "fo-dicom/multiframe.dcm",                                        // frames of several sizes
        "pydicom_test_files/JPEG2000-embedded-sequence-delimiter.dcm",    // delimiters written over the codestream's header
    ];

    /// <summary>GDCM 3.0.21 mixes the bytes of wide RLE colour, passes over where unlabelled JPEG-LS frames begin, stumbles over a zero
    /// before the end of JPEG-LS and ends its process over one file: dcmtk is asked about these.</summary>
    private static readonly string[] ByDcmtk =
    [
        "dicomparser_encapsulated/CT0012.fragmented_no_bot_jpeg_ls.80.dcm",
        "dicomparser_encapsulated/CT0012.fragmented_no_bot_jpeg_ls.81.dcm",
        "pydicom_test_files/SC_rgb_rle_16bit.dcm", "pydicom_test_files/SC_rgb_rle_16bit_2frame.dcm",
        "pydicom_test_files/SC_rgb_rle_32bit.dcm",
        "pydicom_test_files/SC_rgb_rle_32bit_2frame.dcm", "pydicom_test_files/rtdose_rle_1frame.dcm", "wg04_transfer_syntaxes/MR1_JLSL.dcm",
    ];

    /// <summary>Calls RGB what is a JFIF image, thus luminance and chrominance: GDCM and dcmtk hand those out as red, green and
    /// blue.</summary>
    private static readonly string[] Mislabelled = ["fo-dicom/GH195.dcm"];

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("dicom"), InlineData("malformed")]
    public void Every_real_compressed_image_decodes_to_the_pixels_that_others_see(string data)
    {
        var root = RealData.Path(data);
        var files = Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(IsCompressed).ToArray();
        var gdcm = Gdcm.Decode(files, _folder.Path);

        var differences = files.Select(
            file => (Name: Path.GetRelativePath(root, file), Says: Judge(Path.GetRelativePath(root, file), file, gdcm[file])))
            .Where(judged => judged.Says is not null).Select(judged => $"{judged.Name}: {judged.Says}").ToArray();

        Assert.NotEmpty(files);
        Assert.True(differences.Length == 0, $"{differences.Length} of {files.Length}:\n{string.Join('\n', differences)}");
    }

    private string? Judge(string name, string file, byte[]? gdcm)
    {
        var source = DicomFile.Open(file).Dataset;
        try
        {
            var decoded = DicomDecoder.Decode(source);
            var theirs = ByDcmtk.Contains(name) ? Pixels(Dcmtk.Decode(file, Path.Combine(_folder.Path, "dcmtk.dcm"))) : gdcm;
            if (Refused.Contains(name)) return "is decoded after all";
            if (theirs is null) return "is decoded by us alone";
            var allowed = !IsJpeg(source) ? 0 : source.GetSingleValue<int>(DicomTag.SamplesPerPixel) == 1 ? LossyGrey : LossyColour;
            var difference = LargestDifference(decoded, Pixels(decoded), theirs);
            return difference <= allowed || Mislabelled.Contains(name) ? null : $"differs by {difference}";
        }
        catch (DicomDataException e)
        {
            return Refused.Contains(name) ? null : $"refused: {e.Message}";
        }
    }

    private static bool IsJpeg(DicomDataset dataset) =>
        dataset.InternalTransferSyntax.UID.UID is "1.2.840.10008.1.2.4.50" or "1.2.840.10008.1.2.4.51" or "1.2.840.10008.1.2.4.53"
            or "1.2.840.10008.1.2.4.55";

    private static bool IsCompressed(string file)
    {
        try
        {
            return DicomFile.Open(file).Dataset.GetDicomItem<DicomFragmentSequence>(DicomTag.PixelData) is not null;
        }
        catch (DicomException)
        {
            return false;
        }
    }

    private static byte[] Pixels(DicomDataset dataset) => dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!.Buffer.Data;

    /// <summary>Of the stored bits: what stands in those above is nobody's business (PS3.5 section 8.1.1).</summary>
    private static int LargestDifference(DicomDataset dataset, byte[] ours, byte[] theirs)
    {
        if (Math.Abs(ours.Length - theirs.Length) > 1) return int.MaxValue;
        if (ours.AsSpan().SequenceEqual(theirs)) return 0;
        var (bytes, stored) = (dataset.GetSingleValue<int>(DicomTag.BitsAllocated) / 8, dataset.GetSingleValue<int>(DicomTag.BitsStored));
        var largest = 0L;
        for (var at = 0; at + bytes <= Math.Min(ours.Length, theirs.Length); at += bytes)
            largest = Math.Max(largest, Math.Abs(Sample(ours.AsSpan(at, bytes), stored) - Sample(theirs.AsSpan(at, bytes), stored)));
        return (int)Math.Min(largest, int.MaxValue);
    }

    private static long Sample(ReadOnlySpan<byte> bytes, int stored) => (bytes.Length switch
    {
        1 => bytes[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
    }) & ((1L << stored) - 1);
}
