using System.IO.Compression;
using Gateway.Testing;

namespace Gateway.Dicom.Tests;

public class RoundTripTests
{
    public static TheoryData<string> Syntaxes =>
        ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"];

    [Theory, MemberData(nameof(Syntaxes))]
    public void A_built_data_set_is_read_back_as_it_was(string syntax)
    {
        var written = Samples.Image(DicomTransferSyntax.Parse(syntax));

        var read = Samples.Open(Samples.Bytes(written)).Dataset;

        Assert.Equal(syntax, read.InternalTransferSyntax.UID.UID);
        Assert.Equal("Müller^Jürgen", read.GetString(DicomTag.PatientName));
        Assert.Equal(@"ORIGINAL\PRIMARY\AXIAL", read.GetString(DicomTag.ImageType));
        Assert.Equal(["0.50", "0.5"], read.GetValues<string>(DicomTag.PixelSpacing));
        Assert.Equal(-5, read.GetSingleValue<short>(DicomTag.SmallestImagePixelValue));
        Assert.Equal("2.25.3", read.GetSequence(DicomTag.ReferencedSeriesSequence).Items[0]
            .GetSequence(DicomTag.ReferencedInstanceSequence).Items[1].GetString(DicomTag.ReferencedSOPInstanceUID));
        Assert.Equal([1, 2], read.GetValues<byte>(new DicomTag(0x0029, 0x1001)));
        Assert.Equal(-5, read.GetValues<short>(DicomTag.PixelData)[^1]);
        Assert.Equal("GATEWAY_010", Samples.Open(Samples.Bytes(written)).FileMetaInfo.ImplementationVersionName);
    }

    [Fact]
    public async Task The_same_data_set_gives_the_same_bytes_whether_saved_at_once_or_asynchronously()
    {
        using var stream = new MemoryStream();

        await new DicomFile(Samples.Image()).SaveAsync(stream);

        Assert.Equal(Samples.Bytes(Samples.Image()), stream.ToArray());
    }

    [Fact]
    public void Fragments_and_their_offset_table_survive()
    {
        var read = Samples.Open(Samples.Bytes(Samples.Encapsulated())).Dataset;

        var pixels = DicomPixelData.Create(read);
        Assert.Equal(2, pixels.NumberOfFrames);
        Assert.Equal([1, 2, 3, 4], pixels.GetFrame(0).Data);
        Assert.Equal([5, 6], pixels.GetFrame(1).Data);
    }

    [Fact]
    public void What_was_a_sequence_or_text_of_value_representation_un_is_understood_and_written_back_as_it_was()
    {
        byte[] item = [0xFE, 0xFF, 0x00, 0xE0, 10, 0, 0, 0, 0x08, 0x00, 0x55, 0x11, 2, 0, 0, 0, (byte)'1', 0];
        byte[] sequence = [0x08, 0x00, 0x40, 0x11, (byte)'U', (byte)'N', 0, 0, 18, 0, 0, 0, .. item];
        byte[] text = [0x10, 0x00, 0x20, 0x00, (byte)'U', (byte)'N', 0, 0, 2, 0, 0, 0, (byte)'4', (byte)'2'];
        var bytes = Samples.Wrapped([.. sequence, .. text]);

        var file = Samples.Open(bytes);

        Assert.Equal("42", file.Dataset.GetString(DicomTag.PatientID));
        Assert.Equal("1", file.Dataset.GetSequence(DicomTag.ReferencedImageSequence).Items[0].GetString(DicomTag.ReferencedSOPInstanceUID));
        Assert.Equal(bytes, Samples.Bytes(file));
        var copy = new DicomDataset();
        file.Dataset.CopyTo(copy, DicomTag.PatientID, DicomTag.ReferencedImageSequence);
        Assert.DoesNotContain("UN", System.Text.Encoding.Latin1.GetString(Samples.Bytes(copy)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_too_long_for_sixteen_bits_is_written_as_un_and_read_back()
    {
        var numbers = string.Join('\\', Enumerable.Range(0, 20_000).Select(i => $"{i % 10_000}"));

        var read = Samples.Open(Samples.Bytes(new DicomDataset().Add(DicomTag.WindowCenter, numbers)));

        Assert.Equal(numbers, read.Dataset.GetString(DicomTag.WindowCenter));
    }

    [Theory, InlineData("dicom"), InlineData("malformed")]
    public void Real_files_are_written_back_with_identical_data_sets(string folder)
    {
        var root = RealData.Path(folder);
        var (identical, different) = (0, new List<string>());
        foreach (var path in Directory.GetFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            try
            {
                var file = DicomFile.Open(path);
                var (original, written) = (File.ReadAllBytes(path), Samples.Bytes(file));
                var deflated = file.FileMetaInfo.TransferSyntax!.IsDeflate;
                if (DataSet(written, deflated).AsSpan().SequenceEqual(DataSet(original, deflated))) identical++;
                else different.Add(Path.GetFileName(path));
            }
            catch (DicomDataException)
            {
                // Refused: other tests say which.
            }
        }

        Assert.Empty(different.Except(IllFormed));
        Assert.True(identical > 88, $"{identical} files");
    }

    private static readonly string[] IllFormed =
    [
        // group lengths that are wrong: they come out right
        "693_J2KI.dcm", "693_J2KR.dcm", "693_UNCI.dcm", "693_UNCR.dcm", "GH355.dcm", "ts_implicit_little.dcm",
        "CTImage.dcm_JPEG2000LosslessOnlyTransferSyntax_1.2.840.10008.1.2.4.90.dcm",
        "CTImage.dcm_JPEG2000TransferSyntax_1.2.840.10008.1.2.4.91.dcm",
        "CTImage.dcm_JPEGLSLossyTransferSyntax_1.2.840.10008.1.2.4.81.dcm",
        "GH179A.dcm",            // a VR of two spaces: it comes out as the dictionary's
        "SC_rgb_jpeg.dcm",       // calls itself explicit and is implicit: it comes out explicit
        "bbmri.dcmdir",          // elements out of order
        "brain_001.dcm",         // megabytes of zeros behind the data set
        "nested_priv_SQ.dcm",    // a value of odd length
    ];

    private static byte[] DataSet(byte[] file, bool deflated)
    {
        var dataset = file[Start(file)..];
        if (!deflated) return dataset;
        using var inflated = new MemoryStream();
        using var inflating = new DeflateStream(new MemoryStream(dataset), CompressionMode.Decompress);
        inflating.CopyTo(inflated);
        return inflated.ToArray();
    }

    /// <summary>Where the data set begins: behind the elements of group 0002.</summary>
    private static int Start(byte[] file)
    {
        var at = file.AsSpan(128, 4).SequenceEqual("DICM"u8) ? 132 : 0;
        while (file[at] == 2 && file[at + 1] == 0)
            at += file[at + 4] == 'O' ? 12 + BitConverter.ToInt32(file, at + 8) : 8 + BitConverter.ToUInt16(file, at + 6);
        return at;
    }
}
