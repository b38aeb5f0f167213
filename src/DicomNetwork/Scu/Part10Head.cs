namespace Gateway.DicomNetwork;

/// <summary>The part of a file that negotiation needs: its meta information, and where its data set begins (PS3.10 §7.1).</summary>
internal sealed record Part10Head(Part10Source Source, Uid SopClassUid, Uid SopInstanceUid, string TransferSyntaxUid, long DataSetOffset)
{
    /// <exception cref="InvalidDataException">Not a Part 10 file.</exception>
    public static async Task<Part10Head> ReadAsync(Part10Source source, CancellationToken cancel)
    {
        await using var stream = source.Open();
        var bytes = new byte[(int)Math.Min(stream.Length, Part10Prefix.MaxLength)];
        await stream.ReadExactlyAsync(bytes, cancel);
        return Parse(source, bytes);
    }

    /// <summary>The data set as it lies in the file.</summary>
    public Stream OpenDataSet()
    {
        var stream = Source.Open();
        stream.Position = DataSetOffset;
        return stream;
    }

    /// <summary>The data set, converted in memory to an uncompressed transfer syntax, for a peer that does not take that of the
    /// file.</summary>
    /// <param name="decompress">Makes compressed pixel data native.</param>
    /// <exception cref="DicomException">The file is damaged, or its pixel data cannot be decompressed.</exception>
    public async Task<Stream> RewriteAsync(string transferSyntax, Func<DicomDataset, DicomDataset>? decompress, CancellationToken cancel)
    {
        await using var stream = Source.Open();
        var file = await DicomFile.OpenAsync(stream, FileReadOption.ReadLargeOnDemand);
        if (decompress is not null && !TransferSyntaxes.IsUncompressed(TransferSyntaxUid))
            file = new(decompress(file.Dataset));
        file.FileMetaInfo.TransferSyntax = DicomTransferSyntax.Parse(transferSyntax);
        var memory = new MemoryStream();
        await file.SaveAsync(memory);
        cancel.ThrowIfCancellationRequested();
        memory.Position = Parse(Source, memory.GetBuffer().AsSpan(0, (int)Math.Min(memory.Length, Part10Prefix.MaxLength))).DataSetOffset;
        return memory;
    }

    private static Part10Head Parse(Part10Source source, ReadOnlySpan<byte> bytes)
    {
        var prefix = Part10Prefix.Parse(bytes);
        return new(source, prefix.SopClassUid, prefix.SopInstanceUid, prefix.TransferSyntaxUid, prefix.DataSetOffset);
    }
}
