using Gateway.Testing;

namespace Gateway.Dicom.Tests;

public sealed class LargeFileTests : IDisposable
{
    private const int Rows = 1_000;
    private const long Frames = 2_200;    // of 1,000,000 bytes: more than fits into an array
    private readonly TemporaryDirectory _folder = new();

    [Fact]
    public void A_file_larger_than_an_array_is_opened_a_frame_of_it_read_and_the_file_saved_in_little_memory()
    {
        var path = _folder.Combine("large.dcm");
        WriteSparse(path);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var file = DicomFile.Open(path);
        var last = DicomPixelData.Create(file.Dataset).GetFrame((int)Frames - 1);
        file.Dataset.AddOrUpdate(DicomTag.PatientID, "new");
        file.Save(Stream.Null);

        Assert.Equal(7, last.Data[^1]);
        Assert.Equal(Rows * Rows, last.Size);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        Assert.Throws<DicomDataException>(() => file.Dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!.Buffer.Data);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.1")]
    [InlineData("1.2.840.10008.1.2.2")]
    [InlineData("1.2.840.10008.1.2.1.99")]
    public void However_large_values_are_read_the_file_is_saved_as_the_same_bytes(string syntax)
    {
        var path = _folder.Combine("image.dcm");
        new DicomFile(Samples.Image(DicomTransferSyntax.Parse(syntax))).Save(path);

        foreach (var option in (FileReadOption[])[FileReadOption.Default, FileReadOption.ReadLargeOnDemand, FileReadOption.ReadAll])
            Assert.Equal(File.ReadAllBytes(path), Samples.Bytes(DicomFile.Open(path, option, largeObjectSize: 1)));
    }

    [Fact]
    public async Task A_file_may_be_saved_in_place_of_the_one_that_its_values_are_still_in()
    {
        var path = _folder.Combine("fragments.dcm");
        new DicomFile(Samples.Encapsulated()).Save(path);
        var file = DicomFile.Open(path);

        file.Dataset.AddOrUpdate(DicomTag.PatientID, "changed");
        await file.SaveAsync(path);

        Assert.Equal([5, 6], DicomPixelData.Create(DicomFile.Open(path).Dataset).GetFrame(1).Data);
        Assert.Throws<IOException>(() => DicomPixelData.Create(file.Dataset).GetFrame(1).Data);    // its place is another file's now
    }

    [Fact]
    public void A_part_of_a_big_endian_value_is_the_part_that_it_is_in_memory()
    {
        var whole = Samples.Bytes(Samples.Image(DicomTransferSyntax.ExplicitVRBigEndian));
        using var stream = new MemoryStream(whole);
        var buffer = DicomFile.Open(stream, FileReadOption.ReadLargeOnDemand, largeObjectSize: 1).Dataset
            .GetDicomItem<DicomElement>(DicomTag.PixelData)!.Buffer;
        var part = new byte[5];

        buffer.GetByteRange(3, 5, part);

        Assert.False(buffer.IsMemory);
        Assert.Equal([0, 3, 0, 4, 0], part);
        Assert.Equal([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0xFB, 0xFF], buffer.Data);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>All zeros but for the last byte; the file system keeps no block for the zeros.</summary>
    private static void WriteSparse(string path)
    {
        var header = Samples.Image().Remove(DicomTag.PixelData).AddOrUpdate(DicomTag.NumberOfFrames, (int)Frames)
            .AddOrUpdate(DicomTag.Rows, (ushort)Rows).AddOrUpdate(DicomTag.Columns, (ushort)Rows)
            .AddOrUpdate(DicomTag.BitsAllocated, (ushort)8);
        using var stream = File.Create(path);
        new DicomFile(header).Save(stream);
        stream.Write([0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'B', 0, 0, .. BitConverter.GetBytes((uint)(Rows * Rows * Frames))]);
        stream.SetLength(stream.Position + Rows * Rows * Frames);
        stream.Seek(-1, SeekOrigin.End);
        stream.WriteByte(7);
    }
}
