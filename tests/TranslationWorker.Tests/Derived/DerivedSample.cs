namespace Gateway.TranslationWorker.Tests.Derived;

/// <summary>A derivation, pixels and files for tests, removed when they end.</summary>
internal sealed class DerivedSample : IDisposable
{
    public static readonly DateTimeOffset Created = new(2026, 11, 22, 23, 30, 15, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("derived");

    public static TheoryData<Direction> Directions => [Shipped.T2ToCt, Shipped.CtToT2];

    public void Dispose() => _folder.Delete(recursive: true);

    public static Derivation Derivation(Direction direction) => new()
    {
        Model = new() { Direction = direction, Name = "unet-resnet18", Version = "1.2", Digest = new('a', 64), HuLow = -20, HuHigh = 100 },
        From = ShippedModalities.Table[direction.From], To = ShippedModalities.Table[direction.To],
        SourceSetDigest = new('d', 64), PipelineVersion = "1", CreatedAt = Created, Organization = "Klinik",
        StationName = "GATEWAY", SerialNumber = "1",
    };

    public static DicomFile Write(DicomDataset source, Direction direction) => Write(source, Derivation(direction));

    public static DicomFile Write(DicomDataset source, Derivation derivation) => derivation.Direction == Shipped.T2ToCt
        ? DerivedSeriesWriter.Write(source, Pixels(source, -1_000, 80), derivation)
        : DerivedSeriesWriter.Write(source, Pixels(source, 0, 1), derivation);

    /// <summary>A ramp with a border of the lower value, as masked heads have.</summary>
    public static float[] Pixels(DicomDataset source, float low, float high)
    {
        var (rows, columns) = (source.GetSingleValue<int>(DicomTag.Rows), source.GetSingleValue<int>(DicomTag.Columns));
        return [.. Enumerable.Range(0, rows * columns).Select(i => i % columns < 4 ? low : low + (high - low) * (i / columns) / rows)];
    }

    public string Save(DicomFile file, string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        file.Save(path);
        return path;
    }

    public static byte[] Bytes(DicomFile file)
    {
        using var stream = new MemoryStream();
        file.Save(stream);
        return stream.ToArray();
    }
}
