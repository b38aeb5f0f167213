namespace Gateway.Dicom.Tests;

public class DamagedFileTests
{
    [Fact]
    public void A_file_cut_anywhere_is_refused_with_a_reason_or_is_a_shorter_file()
    {
        var whole = Samples.Bytes(Samples.Image());
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole[..length];
            try
            {
                Assert.True(Samples.Open(cut).Dataset.Count() < Samples.Image().Count());
            }
            catch (DicomFileException e)
            {
                Assert.NotEmpty(e.Message);
                Assert.Equal(length >= whole.Length - 12, e.File is { IsPartial: true });
            }
        }
    }

    [Fact]
    public void What_there_is_of_cut_pixel_data_can_be_had_from_the_exception()
    {
        var whole = Samples.Bytes(Samples.Image());

        var refused = Assert.Throws<DicomFileException>(() => Samples.Open(whole[..^4]));

        var file = refused.File!;
        Assert.True(file.IsPartial);
        Assert.Equal([1, 2, 3, 4], file.Dataset.GetValues<short>(DicomTag.PixelData));
        var short_ = Assert.Throws<DicomDataException>(() => DicomPixelData.Create(file.Dataset).GetFrame(0));
        Assert.Contains("8 bytes", short_.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_fragments_can_be_had_from_the_exception_too()
    {
        var whole = Samples.Bytes(Samples.Encapsulated());

        var refused = Assert.Throws<DicomFileException>(() => Samples.Open(whole[..^9]));

        Assert.True(refused.File!.IsPartial);
        Assert.Equal(2, refused.File.Dataset.GetDicomItem<DicomFragmentSequence>(DicomTag.PixelData)!.Fragments.Count);
    }

    [Fact]
    public void Headers_are_read_without_the_pixels_even_where_those_are_cut()
    {
        var dataset = Samples.Image().AddOrUpdate(DicomTag.Rows, (ushort)200).AddOrUpdate(DicomTag.Columns, (ushort)200);
        DicomPixelData.Create(dataset, true).AddFrame(new MemoryByteBuffer(new byte[80_000]));
        var whole = Samples.Bytes(dataset);

        var header = DicomFile.Open(new MemoryStream(whole), FileReadOption.SkipLargeTags);
        var cut = Assert.Throws<DicomFileException>(() => DicomFile.Open(new MemoryStream(whole[..^1]), FileReadOption.SkipLargeTags));

        Assert.False(header.Dataset.Contains(DicomTag.PixelData));
        Assert.Equal("2.25.1", header.Dataset.GetString(DicomTag.SOPInstanceUID));
        Assert.True(cut.File!.IsPartial);
    }

    [Fact]
    public void A_length_of_four_gigabytes_allocates_nothing()
    {
        var bytes = Samples.Wrapped(0x10, 0x00, 0x20, 0x00, (byte)'U', (byte)'T', 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 1, 2, 3);
        Assert.Throws<DicomFileException>(() => Samples.Open(bytes));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DicomFileException>(() => Samples.Open(bytes));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Sequences_nested_beyond_reason_are_refused()
    {
        byte[] open = [
            0x08, 0x00, 0x40, 0x11, (byte)'S', (byte)'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF];

        var refused = Assert.Throws<DicomFileException>(
            () => Samples.Open(Samples.Wrapped([.. Enumerable.Repeat(open, 100_000).SelectMany(b => b)])));

        Assert.Contains("64", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deflated_bomb_is_refused_before_it_fills_memory()
    {
        using var stream = new MemoryStream();
        stream.Write(Samples.Bytes(new DicomFile(new DicomDataset())).AsSpan()[..132]);
        byte[] uid = [.. "1.2.840.10008.1.2.1.99"u8];
        stream.Write([0x02, 0x00, 0x10, 0x00, (byte)'U', (byte)'I', (byte)uid.Length, 0, .. uid]);
        using (var deflate = new System.IO.Compression.DeflateStream(
            stream, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 100; i++) deflate.Write(new byte[1 << 20]);

        var refused = Assert.Throws<DicomFileException>(() => Samples.Open(stream.ToArray()));

        Assert.Contains("grows beyond", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zeros_without_end_are_read_once_and_not_again_for_each_of_them()
    {
        var meta = new DicomFile(new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian));
        byte[] zeros = [.. Samples.Bytes(meta), .. new byte[8_000_000]];
        zeros[^1] = 1;

        Assert.Throws<DicomFileException>(() => Samples.Open(zeros));
        Assert.Empty(Samples.Open(zeros[..^1]).Dataset);
    }

    [Fact]
    public void What_cannot_be_written_leaves_no_file_behind()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        Assert.Throws<DicomDataException>(() => new DicomFile(new DicomDataset().Add(DicomTag.PatientName, "Ł")).Save(path));

        Assert.False(File.Exists(path));
    }
}
