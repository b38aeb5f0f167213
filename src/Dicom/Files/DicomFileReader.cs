using System.IO.Compression;
using System.Text;

namespace Gateway.Dicom;

/// <summary>Finds out what a file is, reads its meta information and then its data set (PS3.10 section 7).</summary>
internal static class DicomFileReader
{
    private const int PreambleLength = 128;
    private const long InflatedFloor = 64 << 20;
    private const int InflatedRatio = 64;

    /// <param name="stream">One that can seek, standing where the file begins.</param>
    public static DicomFile Read(Stream stream, FileReadOption option)
    {
        var source = new ByteSource(stream);
        var start = source.Peek(PreambleLength + 4);
        if (start.Length == PreambleLength + 4 && start.AsSpan(PreambleLength).SequenceEqual("DICM"u8)) source.Skip(start.Length);

        var meta = new DicomFileMetaInformation();
        new DicomReader(source, isExplicit: true, isBigEndian: false, FileReadOption.Default).ReadAll(meta, onlyGroup: 0x0002);
        var syntax = meta.TransferSyntax ?? Guess(source.Peek(8));
        if (meta.TransferSyntax is null) meta.TransferSyntax = syntax;

        var dataset = new DicomDataset(syntax);
        using var inflated = syntax.IsDeflate ? Inflate(stream, source.Remaining) : null;
        var body = inflated is null ? source : new ByteSource(inflated);
        var reader = new DicomReader(body, IsReallyExplicit(body.Peek(8), syntax), syntax.IsBigEndian, option);
        reader.ReadAll(dataset);
        if (!reader.PixelDataIsCut) return new(dataset, meta);
        throw new DicomFileException(new(dataset, meta) { IsPartial = true }, "The file ends inside Pixel Data.");
    }

    /// <summary>The transfer syntax of a data set that does not say: only where its first element can be nothing else.</summary>
    private static DicomTransferSyntax Guess(ReadOnlySpan<byte> first)
    {
        if (first.Length == 8)
        {
            var explicitVr = DicomVR.TryParse(Encoding.Latin1.GetString(first[4..6]), out _);
            var plausible = first is [0x08, 0x00, _, 0x00, ..];
            if (plausible && explicitVr) return DicomTransferSyntax.ExplicitVRLittleEndian;
            if (plausible && first[6] == 0 && first[7] == 0) return DicomTransferSyntax.ImplicitVRLittleEndian;
            if (first is [0x00, 0x08, 0x00, _, ..] && explicitVr) return DicomTransferSyntax.ExplicitVRBigEndian;
        }
        throw new DicomFileException(null, "Not a DICOM file: nothing names a transfer syntax, and where a data set should begin there is none that says it itself.");
    }

    /// <summary>Some writers name one VR encoding and use the other: an element that can only be the other is believed.</summary>
    private static bool IsReallyExplicit(ReadOnlySpan<byte> first, DicomTransferSyntax declared)
    {
        if (first.Length < 8 || declared.IsBigEndian) return declared.IsExplicitVR;
        var hasVr = DicomVR.TryParse(Encoding.Latin1.GetString(first[4..6]), out _);
        return declared.IsExplicitVR ? hasVr || first[5] != 0 || first[6] != 0 || first[7] != 0 : hasVr;
    }

    /// <summary>PS3.5 annex A.5. What a few bytes may grow to is limited.</summary>
    private static MemoryStream Inflate(Stream stream, long compressed)
    {
        var limit = Math.Max(InflatedFloor, compressed * InflatedRatio);
        using var deflate = new DeflateStream(stream, CompressionMode.Decompress, leaveOpen: true);
        var result = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            for (int read; (read = deflate.Read(buffer)) > 0; result.Write(buffer, 0, read))
                if (result.Length > limit) throw new DicomFileException(null, $"The deflated data set grows beyond {limit} bytes.");
        }
        catch (InvalidDataException e)
        {
            throw new DicomFileException(null, "The deflated data set is damaged.", e);
        }
        result.Position = 0;
        return result;
    }
}
