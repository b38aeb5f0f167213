namespace Gateway.DicomCodecs.Tests;

public class SharedLibraryTests
{
    [Fact]
    public void A_library_that_is_missing_is_named_with_the_syntax_and_what_to_install()
    {
        var missing = new SharedLibrary("nothing", ["libnothing.so.9"], "libnothing9");

        var refused = Assert.Throws<DicomDataException>(() => missing.Require(DicomTransferSyntax.JPEGLSLossless));

        Assert.Contains("JPEG-LS Lossless", refused.Message, StringComparison.Ordinal);
        Assert.Contains("1.2.840.10008.1.2.4.80", refused.Message, StringComparison.Ordinal);
        Assert.Contains("libnothing9", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_codestream_of_more_tiles_or_packets_than_bytes_is_refused_before_the_library_sees_it()
    {
        Assert.Contains("tiles", Refusal(tileSize: 1, layers: 1), StringComparison.Ordinal);
        Assert.Contains("packets", Refusal(tileSize: 4_096, layers: ushort.MaxValue), StringComparison.Ordinal);
    }

    /// <summary>OpenJPEG 2.5.0 looks for the next marker inside a segment that it does not know, and ends the process over what it may find
    /// there.</summary>
    [Fact]
    public void A_coding_style_cannot_hide_in_a_segment_of_no_meaning() =>
        Assert.Contains(
            "FF65", Refusal(tileSize: 4_096, layers: 1, 0xFF, 0x65, 0, 16, 0xFF, 0x52, 0, 12, 0, 0, 0, 1, 0, 5, 4, 4, 0x40, 0),
            StringComparison.Ordinal);

    /// <summary>SOC, SIZ of 4096 x 4096 grey pixels, COD of five levels, and what else is given.</summary>
    private static string Refusal(int tileSize, ushort layers, params byte[] more)
    {
        byte[] tile = [0, 0, (byte)(tileSize >> 8), (byte)tileSize];
        byte[] codestream =
        [
            0xFF, 0x4F, 0xFF, 0x51, 0, 41, 0, 0, 0, 0, 0x10, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. tile, .. tile, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 1, 7, 1, 1,
            0xFF, 0x52, 0, 12, 0, 0, (byte)(layers >> 8), (byte)layers, 0, 5, 4, 4, 0, 0, .. more, .. new byte[16_000],
        ];
        var dataset = Pictures.Compressed(DicomTransferSyntax.JPEG2000Lossless, 4_096, 4_096, 8, 1, codestream);
        return Assert.Throws<DicomDataException>(() => DicomDecoder.Decode(dataset)).Message;
    }
}
