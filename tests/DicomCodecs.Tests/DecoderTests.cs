namespace Gateway.DicomCodecs.Tests;

public class DecoderTests
{
    [Fact]
    public void What_is_not_decoded_is_named()
    {
        var dataset = Pictures.Compressed(DicomTransferSyntax.Parse("1.2.840.10008.1.2.4.102"), 2, 3, 8, 1, [1, 2, 3, 4]);

        var refused = Assert.Throws<DicomDataException>(() => DicomDecoder.Decode(dataset));

        Assert.Contains("1.2.840.10008.1.2.4.102", refused.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("1.2.840.10008.1.2"), InlineData("1.2.840.10008.1.2.2")]
    public void Native_pixels_come_back_in_explicit_little_endian(string syntax)
    {
        var source = Pictures.Grey(12);
        var dataset = new DicomDataset(DicomTransferSyntax.Parse(syntax)).Add(source);

        var decoded = DicomDecoder.Decode(dataset);

        Assert.Equal(DicomTransferSyntax.ExplicitVRLittleEndian, decoded.InternalTransferSyntax);
        Assert.Equal(source.GetValues<ushort>(DicomTag.PixelData), decoded.GetValues<ushort>(DicomTag.PixelData));
    }

    [Fact]
    public void A_few_bytes_that_claim_a_huge_image_are_refused_before_it_is_allocated()
    {
        var dataset = Pictures.Compressed(DicomTransferSyntax.RLELossless, 30_000, 30_000, 16, 1, new byte[100]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DicomDataException>(() => DicomDecoder.Decode(dataset));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    /// <summary>PS3.5 section A.4: a frame in several fragments, and a table that says where frames begin, says nothing, or lies.</summary>
    [Theory, InlineData("good"), InlineData("empty"), InlineData("wrong")]
    public void Frames_in_pieces_are_put_together_whatever_the_offset_table_says(string table)
    {
        var picture = Pictures.Grey(8, frames: 1);
        var image = JpegImages.Lossless(picture);
        var dataset = Pictures.Compressed(DicomTransferSyntax.JPEGProcess14SV1, Pictures.Rows, Pictures.Columns, 8, 1, image[..40]);
        var fragments = dataset.GetDicomItem<DicomFragmentSequence>(DicomTag.PixelData)!;
        foreach (var piece in new[] { image[40..], image[..100], image[100..] }) fragments.Fragments.Add(new MemoryByteBuffer(piece));
        uint[] offsets = table switch { "good" => [0, (uint)(16 + 40 + (image.Length - 39) / 2 * 2)], "wrong" => [0, 17], _ => [] };
        foreach (var offset in offsets) fragments.OffsetTable.Add(offset);
        dataset.AddOrUpdate(DicomTag.NumberOfFrames, 2);

        var decoded = Pictures.Pixels(DicomDecoder.Decode(dataset));

        Assert.Equal([.. Pictures.Pixels(picture), .. Pictures.Pixels(picture)], decoded);
    }
}
