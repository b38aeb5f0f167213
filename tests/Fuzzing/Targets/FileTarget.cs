namespace Gateway.Fuzzing.Targets;

/// <summary>Whole files: preamble, file meta information, data set (PS3.10 section 7).</summary>
public sealed class FileTarget(SeedFiles files) : FuzzTarget
{
    private const int MostBytes = 8_192;

    public override string Name => "file";

    public override IReadOnlyList<byte[]> Seeds { get; } = [SampleData.File(), .. files.Malformed(MostBytes)];

    public override IReadOnlyList<byte[]> Words => SampleData.Words;

    public override void Run(byte[] input) => DataSetReading.ReadAll(DicomFile.Open(new MemoryStream(input)).Dataset);

    public override bool IsRefusal(Exception e) => e is DicomFileException;
}
