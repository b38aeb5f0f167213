using System.IO.Compression;

namespace Gateway.Fuzzing.Targets;

/// <summary>Data sets in one transfer syntax (PS3.5 section 10): changed before they are deflated, not after. What is read is written, and
/// must then be read and written as the same bytes.</summary>
public sealed class DataSetTarget : FuzzTarget
{
    private const int MetaStart = 144;
    private readonly DicomTransferSyntax _syntax;
    private readonly byte[] _head;

    private DataSetTarget(string name, DicomTransferSyntax syntax)
    {
        (Name, _syntax) = (name, syntax);
        _head = SampleData.File(new DicomDataset(syntax));
        _head = _head[..(MetaStart + BitConverter.ToInt32(_head, MetaStart - 4))];    // an empty data set may deflate to something
        var written = syntax.IsDeflate ? DicomTransferSyntax.ExplicitVRLittleEndian : syntax;
        Seeds = [.. SampleData.DataSets(written)
            .Select(dataset => SampleData.File(dataset)[SampleData.File(new DicomDataset(written)).Length..])];
    }

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new DataSetTarget("implicit", DicomTransferSyntax.ImplicitVRLittleEndian),
        new DataSetTarget("explicit", DicomTransferSyntax.ExplicitVRLittleEndian),
        new DataSetTarget("big-endian", DicomTransferSyntax.ExplicitVRBigEndian),
        new DataSetTarget("deflated", DicomTransferSyntax.DeflatedExplicitVRLittleEndian),
        new DataSetTarget("encapsulated", DicomTransferSyntax.RLELossless),
    ];

    public override string Name { get; }

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override IReadOnlyList<byte[]> Words => SampleData.Words;

    public override byte[] Wrap(byte[] mutated)
    {
        if (!_syntax.IsDeflate) return [.. _head, .. mutated];
        using var file = new MemoryStream();
        file.Write(_head);
        using (var deflate = new DeflateStream(file, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(mutated);
        return file.ToArray();
    }

    public override void Run(byte[] input)
    {
        var file = DicomFile.Open(new MemoryStream(input));
        DataSetReading.ReadAll(file.Dataset);
        var written = DataSetReading.Save(file);
        if (!DataSetReading.Save(DicomFile.Open(new MemoryStream(written))).AsSpan().SequenceEqual(written))
            throw new FuzzException("Written, read and written again, it is something else.");
    }

    public override bool IsRefusal(Exception e) => e is DicomDataException;

    public override long AllocationLimit(byte[] input) => base.AllocationLimit(input) + (_syntax.IsDeflate ? SampleData.InflationFloor : 0);
}
