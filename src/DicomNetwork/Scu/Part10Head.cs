using System.Buffers.Binary;
using System.Text;

namespace Gateway.DicomNetwork;

/// <summary>The part of a file that negotiation needs: its meta information, and where its data set begins (PS3.10 §7.1).</summary>
internal sealed record Part10Head(Part10Source Source, Uid SopClassUid, Uid SopInstanceUid, string TransferSyntaxUid, long DataSetOffset)
{
    private const int Preamble = 128;

    /// <summary>Far more than any file meta information holds.</summary>
    private const int MaxLength = 65_536;

    /// <exception cref="InvalidDataException">Not a Part 10 file.</exception>
    public static async Task<Part10Head> ReadAsync(Part10Source source, CancellationToken cancel)
    {
        await using var stream = source.Open();
        var bytes = new byte[(int)Math.Min(stream.Length, MaxLength)];
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
        memory.Position = Parse(Source, memory.GetBuffer().AsSpan(0, (int)Math.Min(memory.Length, MaxLength))).DataSetOffset;
        return memory;
    }

    private static Part10Head Parse(Part10Source source, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Preamble + 4 || !bytes.Slice(Preamble, 4).SequenceEqual("DICM"u8))
            throw new InvalidDataException("Not a DICOM Part 10 file.");

        var (at, values) = (Preamble + 4, new Dictionary<ushort, string>());
        while (bytes.Length - at >= 8 && BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]) == 0x0002)
        {
            var element = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            var vr = bytes.Slice(at + 4, 2);
            var isLong = vr[0] == 'O' || vr.SequenceEqual("UN"u8) || vr.SequenceEqual("UT"u8);
            if (isLong && bytes.Length - at < 12)
                break;

            var start = at + (isLong ? 12 : 8);
            var length = isLong
                ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 8)..])
                : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 6)..]);
            if (length > (uint)(bytes.Length - start))
                throw new InvalidDataException("The file meta information is cut off or too long.");

            values[element] = Encoding.ASCII.GetString(bytes.Slice(start, (int)length));
            at = start + (int)length;
        }

        return new(source, Require(values, 0x0002), Require(values, 0x0003), Require(values, 0x0010).Value, at);
    }

    private static Uid Require(Dictionary<ushort, string> values, ushort element) =>
        Uid.TryParse(values.GetValueOrDefault(element), out var uid)
            ? uid
            : throw new InvalidDataException($"The file meta information has no usable (0002,{element:X4}).");
}
