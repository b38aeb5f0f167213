namespace Gateway.RealVolumes;

/// <summary>The series of the data folder: DICOM as it is, NIfTI as the DICOM a scanner would have made of it.</summary>
/// <param name="data">Holds dicom/, ct/ and t2/.</param>
/// <param name="made">Receives the DICOM made from NIfTI.</param>
internal sealed class RealSeries(string data, string made)
{
    private static readonly string[] Places = [.. ShippedModalities.Table.Profiles.Select(profile => profile.Modality.Code), "dicom"];

    public IEnumerable<NamedSeries> All() => Places.SelectMany(place => Below(Path.Combine(data, place)));

    private IEnumerable<NamedSeries> Below(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsNifti)
            .Order(StringComparer.Ordinal))
            yield return new(
                Relative(path), NiftiSeries.Write(path, Path.Combine(made, Relative(path)), ProfileOf(Relative(path))), HeaderMade: true);
        var folders = Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder).Order(StringComparer.Ordinal);
        foreach (var series in folders.SelectMany(Dicom))
            yield return series;
    }

    private IEnumerable<NamedSeries> Dicom(string folder) =>
        from file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
        where IsImage(file)
        let series = SeriesOf(file)
        where series is not null
        group file by series into series
        select new NamedSeries(Relative(folder), [.. series], HeaderMade: false);

    /// <summary>Null for what is no image; what cannot be parsed is a series of its own.</summary>
    private static string? SeriesOf(string file)
    {
        try
        {
            var header = DicomFile.Open(file, FileReadOption.SkipLargeTags).Dataset;
            return header.Contains(DicomTag.SOPClassUID) && header.Contains(DicomTag.Rows)
                ? header.GetSingleValueOrDefault(DicomTag.SeriesInstanceUID, "") : null;
        }
        catch (DicomException)
        {
            return file;
        }
    }

    private static ModalityProfile ProfileOf(string relative) =>
        ShippedModalities.Table.Profiles.FirstOrDefault(
            profile => relative.StartsWith(profile.Modality.Code + "/", StringComparison.Ordinal)) ?? ShippedModalities.T2;

    private string Relative(string path) => Path.GetRelativePath(data, path);

    private static bool IsNifti(string path) =>
        path.EndsWith(".nii", StringComparison.Ordinal) || path.EndsWith(".nii.gz", StringComparison.Ordinal);

    private static bool IsImage(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[132];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[128..].SequenceEqual("DICM"u8);
    }
}
