using System.IO.Compression;
using CsCheck;
using Gateway.Testing;

namespace Gateway.DicomNetwork.Tests;

public sealed class HeaderScanTests
{
    private const int Size = 4;
    private const int PixelBytes = 2 * Size * Size;

    public static TheoryData<string> Encodings =>
    [
        TransferSyntaxes.ImplicitLittleEndian, TransferSyntaxes.ExplicitLittleEndian, TransferSyntaxes.ExplicitBigEndian,
        TransferSyntaxes.DeflatedLittleEndian,
    ];

    [Theory, MemberData(nameof(Encodings))]
    public void The_same_header_is_found_however_the_network_cut_the_data_set(string transferSyntax)
    {
        foreach (var cut in Wire.EverySplit(GeneratedObject.DataSet(transferSyntax, instance: 5, size: Size)))
        {
            using var scan = new HeaderScan(transferSyntax);
            scan.Feed(cut);
            var header = scan.Complete();

            Assert.Null(header.Malformed);
            Assert.False(header.PixelDataShort);
            Assert.Equal(GeneratedObject.MrImageStorage, header.SopClassUid?.Value);
            Assert.Equal(GeneratedObject.Uid(1, 5), header.SopInstanceUid?.Value);
            Assert.Equal(GeneratedObject.Uid(0, 0), header.StudyInstanceUid?.Value);
            Assert.Equal(GeneratedObject.Uid(1, 0), header.SeriesInstanceUid?.Value);
            Assert.Equal("MR", header.GetText(HeaderTag.Modality));
            Assert.Equal("T2 Sch\u00e4del", header.GetText(HeaderTag.SeriesDescription));
            Assert.Equal("P1", header.GetText(HeaderTag.PatientId));
            Assert.Equal(3, header.GetInteger(HeaderTag.SeriesNumber));
            Assert.Equal(5, header.GetInteger(HeaderTag.InstanceNumber));
            Assert.Null(header.GetText(HeaderTag.BodyPartExamined));
        }
    }

    [Theory]
    [InlineData(TransferSyntaxes.ImplicitLittleEndian)]
    [InlineData(TransferSyntaxes.ExplicitLittleEndian)]
    [InlineData(TransferSyntaxes.ExplicitBigEndian)]
    public void A_data_set_cut_short_is_malformed_before_the_pixels_and_short_within_them(string transferSyntax)
    {
        const int TopLevelElementsBeforePixels = 23;
        var whole = GeneratedObject.DataSet(transferSyntax, size: Size);

        var headers = Enumerable.Range(1, whole.Length - 1).Select(length => Scan(transferSyntax, whole.AsSpan(0, length))).ToList();

        // Cut exactly between two elements there is nothing wrong to see.
        Assert.Equal(TopLevelElementsBeforePixels, headers.Count(header => header is { Malformed: null, PixelDataShort: false }));
        Assert.Equal(PixelBytes, headers.Count(header => header is { Malformed: null, PixelDataShort: true }));
        Assert.DoesNotContain(headers, header => header is { Malformed: not null, PixelDataShort: true });
    }

    [Fact]
    public void A_deflated_data_set_cut_short_within_its_pixels_is_short()
    {
        var whole = GeneratedObject.DataSet(TransferSyntaxes.DeflatedLittleEndian, size: 512);

        var header = Scan(TransferSyntaxes.DeflatedLittleEndian, whole.AsSpan(0, whole.Length * 9 / 10));

        Assert.Null(header.Malformed);
        Assert.True(header.PixelDataShort);
    }

    [Fact]
    public void Pixels_fewer_than_rows_and_columns_call_for_are_short()
    {
        var bytes = GeneratedObject.DataSet(TransferSyntaxes.ExplicitLittleEndian, size: Size);
        var length = bytes.Length - PixelBytes - 4;
        Assert.Equal(PixelBytes, BitConverter.ToInt32(bytes, length));
        bytes[length] = PixelBytes - 2;

        Assert.True(Scan(TransferSyntaxes.ExplicitLittleEndian, bytes.AsSpan(0, bytes.Length - 2)).PixelDataShort);
    }

    /// <summary>(0008,0005), then (0008,103E), as they come.</summary>
    [Theory]
    [InlineData(@"\ISO 2022 IR 149", "5432201B242943B3FA20C3E0BBF320", "T2 \ub1cc \ucd95\uc0c1")]
    [InlineData(@"ISO 2022 IR 13\ISO 2022 IR 87", "B1C0CF201B2442472E1B284A", "\uff71\uff80\uff8f \u71b1")]
    [InlineData(null, "54EA7465", "T\u00eate")]
    [InlineData("ISO_IR 6", "536368E464656C20", "Sch\u00e4del")]
    [InlineData("ISO_IR 192", "536368E464656C20", "Sch\u00e4del")]
    [InlineData("ISO_IR 192", "61E280AE62E281A663D7A9", "abc\u05e9")]
    public void Text_is_read_as_the_data_sets_reader_reads_it_without_what_turns_it_round(string? charset, string hex, string text)
    {
        var dataset = new List<byte>();
        void Add(byte element, byte group, string vr, byte[] value) =>
            dataset.AddRange(
                [8, 0, element, group, (byte)vr[0], (byte)vr[1], (byte)(value.Length + value.Length % 2), 0, .. value,
                    .. value.Length % 2 == 1 ? " "u8 : []]);
        if (charset is not null)
            Add(5, 0, "CS", System.Text.Encoding.ASCII.GetBytes(charset));
        Add(0x3E, 0x10, "LO", Convert.FromHexString(hex));

        Assert.Equal(text, Scan(TransferSyntaxes.ExplicitLittleEndian, [.. dataset]).GetText(HeaderTag.SeriesDescription));
    }

    [Theory, InlineData("1.000", 1), InlineData(" 7.0", 7), InlineData("11,0", 11), InlineData("1.5 ", null), InlineData(
        "99999999999 ", null)]
    public void Integers_with_decimals_are_the_integers_they_are(string written, int? number)
    {
        byte[] dataset = [
            0x20, 0, 0x11, 0, (byte)'I', (byte)'S', (byte)(written.Length + written.Length % 2), 0,
            .. System.Text.Encoding.ASCII.GetBytes(written), .. written.Length % 2 == 1 ? " "u8 : []];

        Assert.Equal(number, Scan(TransferSyntaxes.ExplicitLittleEndian, dataset).GetInteger(HeaderTag.SeriesNumber));
    }

    [Fact]
    public void Noise_is_malformed_or_harmless_in_every_encoding() =>
        Gen.Select(Gen.Byte.Array[1, 400], Gen.Int[0, Encodings.Count - 1]).Sample(
            (bytes, encoding) => _ = Scan(Encodings.ElementAt(encoding).Data, bytes).Malformed, iter: 20_000);

    [Fact]
    public void A_damaged_data_set_never_throws()
    {
        var whole = GeneratedObject.DataSet(TransferSyntaxes.ExplicitLittleEndian, size: Size);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 4].Sample(
            damage =>
            {
                var copy = whole.ToArray();
                foreach (var (at, value) in damage)
                    copy[at] = value;
                _ = Scan(TransferSyntaxes.ExplicitLittleEndian, copy).Malformed;
            },
            iter: 20_000);
    }

    [Fact]
    public void Text_is_not_a_data_set()
    {
        Assert.NotNull(Scan(TransferSyntaxes.ExplicitLittleEndian, "GET / HTTP/1.1\r\n\r\n"u8).Malformed);
        Assert.NotNull(Scan(TransferSyntaxes.ImplicitLittleEndian, "GET / HTTP/1.1\r\n\r\n"u8).Malformed);
        Assert.NotNull(Scan(TransferSyntaxes.DeflatedLittleEndian, "GET / HTTP/1.1\r\n\r\n"u8).Malformed);
    }

    [Fact]
    public void Sequences_without_end_are_refused_before_they_cost_memory()
    {
        byte[] level = [0x08, 0x00, 0x40, 0x11, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF];
        using var scan = new HeaderScan(TransferSyntaxes.ImplicitLittleEndian);
        for (var i = 0; i < 10_000; i++)
            scan.Feed(level);

        Assert.NotNull(scan.Complete().Malformed);
    }

    [Fact]
    public void A_deflate_bomb_is_given_up_on()
    {
        using var memory = new MemoryStream();
        using (var deflate = new DeflateStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write([0x09, 0x00, 0x10, 0x00, (byte)'O', (byte)'B', 0, 0, 0xFF, 0xFF, 0xFF, 0x7F]);
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 600; i++)
                deflate.Write(zeros);
        }

        Assert.Contains("limit", Scan(TransferSyntaxes.DeflatedLittleEndian, memory.ToArray()).Malformed, StringComparison.Ordinal);
    }

    [Fact]
    public void Real_files_in_many_transfer_syntaxes_are_all_read()
    {
        var folder = RealData.Path("dicom");

        var heads = Directory.EnumerateFiles(folder, "*.dcm", SearchOption.AllDirectories).Where(IsImage).ToList();
        Assert.NotEmpty(heads);
        Assert.All(heads, file =>
        {
            var bytes = File.ReadAllBytes(file);
            var head = Part10Head.ReadAsync(Part10Source.File(file), TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            var header = Scan(head.TransferSyntaxUid, bytes.AsSpan((int)head.DataSetOffset));
            Assert.True(header.Malformed is null, $"{file}: {header.Malformed}");
            Assert.True(header.PixelDataShort == file.Contains("too_short", StringComparison.Ordinal), file);
            Assert.NotNull(header.SeriesInstanceUid);
        });
    }

    /// <summary>A Part 10 file that is not a DICOMDIR.</summary>
    private static bool IsImage(string file)
    {
        try
        {
            var head = Part10Head.ReadAsync(Part10Source.File(file), TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            return head.SopClassUid.Value != "1.2.840.10008.1.3.10";
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static ScannedHeader Scan(string transferSyntax, ReadOnlySpan<byte> bytes)
    {
        using var scan = new HeaderScan(transferSyntax);
        scan.Feed(bytes);
        return scan.Complete();
    }
}
