using Gateway.Workshop.Phantom;

namespace Gateway.WholeVolume;

/// <summary>What is translated.</summary>
/// <param name="Name">For the report.</param>
internal sealed record SourceSeries(string Name, IReadOnlyList<string> Files)
{
    public static SourceSeries Find(Checkout checkout, DirectoryInfo? folder, TemporaryFolder temporary)
    {
        var real = folder?.FullName ?? Path.GetFullPath(Path.Combine(checkout.Root, "..", "shared", "data", "dicom", "t2_fnndsc_siemens"));
        return folder is not null || Directory.Exists(real)
            ? new(Path.GetFileName(real), [.. Directory.GetFiles(real, "*.dcm").Order(StringComparer.Ordinal)])
            : new("digital head phantom", PhantomSeries.Write(
                temporary.Sub("phantom"),
                new PhantomSeriesOptions { Seed = 3, Kind = PhantomKind.T2, Slices = 55, SliceSpacing = 2.5, Size = 448, Spacing = 0.5 }));
    }

    /// <summary>As the report says it: count and matrix.</summary>
    public string Size()
    {
        var header = DicomFile.Open(Files[0], FileReadOption.SkipLargeTags).Dataset;
        return $"{Files.Count} files of {header.GetSingleValue<int>(DicomTag.Columns)} x {header.GetSingleValue<int>(DicomTag.Rows)}";
    }
}
