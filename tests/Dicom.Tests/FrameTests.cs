namespace Gateway.Dicom.Tests;

public class FrameTests
{
    private static readonly byte[] Start = [0xFF, 0xD8, 0xFF, 0xC0];
    private static readonly byte[] Rest = [1, 2, 3, 4];

    /// <summary>Two frames of two fragments each: the second one begins behind two items of 12 bytes.</summary>
    [Theory]
    [InlineData(new uint[] { })]
    [InlineData(new uint[] { 0, 24 })]
    [InlineData(new uint[] { 0, 12 })]
    [InlineData(new uint[] { 0, 23 })]
    [InlineData(new uint[] { 24, 0 })]
    [InlineData(new uint[] { 0, 24, 48 })]
    public void A_table_is_believed_where_a_fragment_begins_and_otherwise_the_streams_tell(uint[] offsets)
    {
        var pixels = DicomPixelData.Create(Fragments(2, offsets, Start, Rest, Start, Rest));

        Assert.Equal(offsets is [0, 12] ? Start : [.. Start, .. Rest], pixels.GetFrame(0).Data);
        Assert.Equal(offsets is [0, 12] ? [.. Rest, .. Start, .. Rest] : [.. Start, .. Rest], pixels.GetFrame(1).Data);
    }

    [Fact]
    public void An_extended_table_counts_where_there_is_one()
    {
        IByteBuffer table = new MemoryByteBuffer([.. BitConverter.GetBytes(0L), .. BitConverter.GetBytes(12L)]);
        var dataset = Fragments(2, [], Start, Rest, Rest).Add(DicomVR.OV, DicomTag.ExtendedOffsetTable, table);

        Assert.Equal([.. Rest, .. Rest], DicomPixelData.Create(dataset).GetFrame(1).Data);
    }

    [Fact]
    public void A_frame_that_nothing_tells_the_place_of_is_refused()
    {
        Assert.Throws<DicomDataException>(() => DicomPixelData.Create(Fragments(2, [], Rest, Rest, Rest)).GetFrame(1));
        Assert.Throws<DicomDataException>(() => DicomPixelData.Create(Fragments(3, [], Rest, Rest)).GetFrame(1));
        Assert.Throws<DicomDataException>(() => DicomPixelData.Create(Fragments(2, [], Rest, Rest)).GetFrame(2));
    }

    [Fact]
    public void Frames_of_single_bits_begin_inside_bytes()
    {
        IByteBuffer bits = new MemoryByteBuffer([0b1010_0101, 0b0000_0011]);
        var dataset = Samples.Image().AddOrUpdate(DicomTag.Rows, (ushort)1).AddOrUpdate(DicomTag.Columns, (ushort)5)
            .AddOrUpdate(DicomTag.BitsAllocated, (ushort)1).AddOrUpdate(DicomTag.NumberOfFrames, 2)
            .AddOrUpdate(DicomVR.OB, DicomTag.PixelData, bits);

        Assert.Equal(0b0001_1101, DicomPixelData.Create(dataset).GetFrame(1).Data[0] & 0b0001_1111);
    }

    private static DicomDataset Fragments(int frames, uint[] offsets, params byte[][] fragments)
    {
        var pixels = new DicomOtherByteFragment(DicomTag.PixelData);
        foreach (var offset in offsets) pixels.OffsetTable.Add(offset);
        foreach (var fragment in fragments) pixels.Fragments.Add(new MemoryByteBuffer(fragment));
        return new DicomDataset(DicomTransferSyntax.JPEGProcess1).Add(DicomTag.NumberOfFrames, frames).Add(pixels);
    }
}
