using CsCheck;

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
        byte[] open = [0x08, 0x00, 0x40, 0x11, (byte)'S', (byte)'Q', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF];

        var refused = Assert.Throws<DicomFileException>(() => Samples.Open(Samples.Wrapped([.. Enumerable.Repeat(open, 100_000).SelectMany(b => b)])));

        Assert.Contains("64", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deflated_bomb_is_refused_before_it_fills_memory()
    {
        using var stream = new MemoryStream();
        stream.Write(Samples.Bytes(new DicomFile(new DicomDataset())).AsSpan()[..132]);
        byte[] uid = [.. "1.2.840.10008.1.2.1.99"u8];
        stream.Write([0x02, 0x00, 0x10, 0x00, (byte)'U', (byte)'I', (byte)uid.Length, 0, .. uid]);
        using (var deflate = new System.IO.Compression.DeflateStream(stream, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 100; i++) deflate.Write(new byte[1 << 20]);

        var refused = Assert.Throws<DicomFileException>(() => Samples.Open(stream.ToArray()));

        Assert.Contains("grows beyond", refused.Message, StringComparison.Ordinal);
    }

    private static readonly byte[] Telling = [0, 0xFF, 0xFE, 0x20, 0x5C, 0x1B];

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

        Assert.Throws<DicomDataException>(() => new DicomFile(new DicomDataset().Add(DicomTag.PatientName, "Ü")).Save(path));

        Assert.False(File.Exists(path));
    }

    /// <summary>Sequences and texts that came as UN, and names with code extensions.</summary>
    private static byte[] Unknowns()
    {
        byte[] item = [0xFE, 0xFF, 0x00, 0xE0, 10, 0, 0, 0, 0x08, 0x00, 0x55, 0x11, 2, 0, 0, 0, (byte)'1', 0];
        return Samples.Wrapped([.. "\x08\0\x05\0CS\x20\0ISO 2022 IR 13\\ISO 2022 IR 87   "u8, 0x08, 0x00, 0x40, 0x11, (byte)'U', (byte)'N', 0, 0, 18, 0, 0, 0, .. item,
            0x08, 0x00, 0x41, 0x11, (byte)'U', (byte)'N', 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. item, 0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0,
            .. "\x10\0\x10\0PN\x10\0A=\e$B;3ED\e(J^a  "u8]);
    }

    private static byte[] Deflated()
    {
        var file = Samples.Bytes(Samples.Image());
        using var stream = new MemoryStream();
        stream.Write(file.AsSpan(0, 132));
        byte[] uid = [.. "1.2.840.10008.1.2.1.99"u8];
        stream.Write([0x02, 0x00, 0x10, 0x00, (byte)'U', (byte)'I', (byte)uid.Length, 0, .. uid]);
        using (var deflate = new System.IO.Compression.DeflateStream(stream, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(file.AsSpan(Start(file)));
        return stream.ToArray();
    }

    private static int Start(byte[] file) => 144 + BitConverter.ToInt32(file, 140);

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void Whatever_bytes_come_nothing_but_a_dicom_exception_is_thrown_and_little_is_allocated(int kind)
    {
        var seed = kind switch
        {
            1 => Samples.Bytes(Samples.Image()),
            2 => Samples.Bytes(Samples.Image(DicomTransferSyntax.ImplicitVRLittleEndian)),
            3 => Samples.Bytes(Samples.Encapsulated()),
            4 => Unknowns(),
            _ => Deflated(),
        };
        Assert.NotEmpty(Samples.Open(seed).Dataset);
        var change = Gen.Select(Gen.Int[128, seed.Length - 1], Gen.OneOf(Gen.Byte, Gen.Int[0, Telling.Length - 1].Select(i => Telling[i])));
        Gen.Select(change.Array[1, 8], Gen.OneOf(Gen.Const(seed.Length), Gen.Int[100, seed.Length])).Sample((changes, length) =>
        {
            var bytes = seed.ToArray();
            foreach (var (at, value) in changes) bytes[at] = value;
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var file = Samples.Open(bytes[..length]);
                ReadEverything(file.Dataset);
                if (!file.FileMetaInfo.TransferSyntax!.IsDeflate && file.FileMetaInfo.TransferSyntax != DicomTransferSyntax.ExplicitVRBigEndian)
                    Samples.Bytes(file);
            }
            catch (DicomException)
            {
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        }, iter: 4_000);
    }

    private static void ReadEverything(DicomDataset dataset)
    {
        foreach (var item in dataset)
        {
            if (item is DicomSequence sequence)
                foreach (var nested in sequence) ReadEverything(nested);
            else if (item is DicomElement element)
            {
                _ = element.Count;
                dataset.TryGetString(item.Tag, out _);
                dataset.TryGetValues<double>(item.Tag, out _);
                dataset.TryGetSingleValue<DateTime>(item.Tag, out _);
                dataset.TryGetSingleValue<DicomUID>(item.Tag, out _);
                dataset.TryGetSingleValue<ushort>(item.Tag, out _);
            }
        }
    }
}
