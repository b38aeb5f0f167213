using System.IO.Compression;

namespace Gateway.Dicom;

/// <summary>Determines the format of a file, then reads its meta information and its data set (PS3.10 section 7).</summary>
internal static class DicomFileReader
{
    private const int PreambleLength = 128;

    /// <param name="stream">A stream that can seek, positioned at the beginning of the file.</param>
    /// <param name="store">From where large values are read later; null when they must be read now.</param>
    /// <param name="large">Bytes beyond which a value is large; 0 for the usual 64 KiB.</param>
    public static DicomFile Read(Stream stream, ByteStore? store, FileReadOption option, int large)
    {
        using var source = new ByteSource(stream);
        var start = source.Peek(PreambleLength + 4);
        if (start.Length == PreambleLength + 4 && start[PreambleLength..].SequenceEqual("DICM"u8)) source.Skip(start.Length);

        var meta = ReadMeta(source);
        var syntax = meta.TransferSyntax ?? SyntaxGuess.Of(source.Peek(8));
        if (meta.TransferSyntax is null) meta.TransferSyntax = syntax;
        return syntax.IsDeflate ? ReadDeflated(source, syntax, meta, option, large)
            : Read(source, syntax, meta, ReadingPlan.Of(option, store, large, new(source.Remaining, 0)));
    }

    private static DicomFileMetaInformation ReadMeta(ByteSource source)
    {
        var plan = ReadingPlan.Of(FileReadOption.ReadAll, null, 0, new(source.Remaining, 0));
        using var reader = new DicomReader(source, plan);
        var isExplicit = SyntaxGuess.IsExplicit(source.Peek(8), DicomTransferSyntax.ExplicitVRLittleEndian);
        return new(reader.ReadAll(ReadScope.Whole(isExplicit, isBigEndian: false), onlyGroup: 0x0002));
    }

    private static DicomFile Read(ByteSource source, DicomTransferSyntax syntax, DicomFileMetaInformation meta, ReadingPlan plan)
    {
        using var reader = new DicomReader(source, plan);
        var isExplicit = SyntaxGuess.IsExplicit(source.Peek(8), syntax);
        var dataset = DicomDataset.Of(reader.ReadAll(ReadScope.Whole(isExplicit, syntax.IsBigEndian)), syntax);
        if (!reader.PixelDataIsCut) return new(dataset, meta);
        throw new DicomFileException(new(dataset, meta) { IsPartial = true }, "The file ends inside Pixel Data.");
    }

    /// <summary>PS3.5 annex A.5. The size after inflation is limited, and no value stays in the file.</summary>
    private static DicomFile ReadDeflated(
        ByteSource source, DicomTransferSyntax syntax, DicomFileMetaInformation meta, FileReadOption option, int large)
    {
        var limit = InflationLimit.Of(source.Remaining);
        var plan = ReadingPlan.Of(option, null, large, new(source.Remaining, limit));
        try
        {
            using var inflating = new DeflateStream(source.Rest(), CompressionMode.Decompress, leaveOpen: true);
            using var inflated = new ByteSource(inflating, limit);
            return Read(inflated, syntax, meta, plan);
        }
        catch (InvalidDataException e)
        {
            throw new DicomFileException(null, "The deflated data set is damaged.", e);
        }
    }
}
