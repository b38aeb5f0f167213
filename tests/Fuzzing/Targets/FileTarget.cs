namespace Gateway.Fuzzing.Targets;

/// <summary>Whole files: preamble, file meta information, data set (PS3.10 section 7). What is read on demand must be what is read at
/// once.</summary>
public sealed class FileTarget(SeedFiles files) : FuzzTarget
{
    private const int MostBytes = 8_192;

    public override string Name => "file";

    public override IReadOnlyList<byte[]> Seeds { get; } =
        [.. SampleData.DataSets(DicomTransferSyntax.ExplicitVRLittleEndian).Select(SampleData.File), .. files.Malformed(MostBytes)];

    public override IReadOnlyList<byte[]> Words => SampleData.Words;

    public override void Run(byte[] input)
    {
        var file = DicomFile.Open(new MemoryStream(input));
        DataSetReading.ReadAll(file.Dataset);
        var onDemand = DicomFile.Open(new MemoryStream(input), FileReadOption.ReadLargeOnDemand, largeObjectSize: 1);
        if (!DataSetReading.Save(file).AsSpan().SequenceEqual(DataSetReading.Save(onDemand)))
            throw new FuzzException("Read on demand it is something else.");
        DicomFile.Open(new MemoryStream(input), FileReadOption.SkipLargeTags, largeObjectSize: 1);
    }

    public override bool IsRefusal(Exception e) => e is DicomDataException;

    /// <summary>A deflated data set may grow to its limit, and is read three times.</summary>
    public override long AllocationLimit(byte[] input) => base.AllocationLimit(input) + 3 * SampleData.InflationFloor;
}
