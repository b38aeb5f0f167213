using System.Globalization;

namespace Gateway.Imaging.Modalities;

/// <summary>An attribute that all images of a series should share.</summary>
internal sealed class SeriesAttribute
{
    private readonly Func<IEnumerable<DicomDataset>, IEnumerable<(string Value, int Images)>> _groups;

    private SeriesAttribute(string name, Func<IEnumerable<DicomDataset>, IEnumerable<(string Value, int Images)>> groups) =>
        (Name, _groups) = (name, groups);

    public string Name { get; }

    /// <summary>Only how often each text occurs is told, since nobody knows what stands in it.</summary>
    public static SeriesAttribute Text(string name, DicomTag tag, int? index = null) => new(name, headers => headers
        .Select(header => Said(header, tag, index)).OfType<string>()
        .GroupBy(said => said, StringComparer.Ordinal).Select(same => ("", same.Count())));

    /// <summary>Numbers closer than the greater of two distances are one value.</summary>
    /// <param name="name">As the standard spells it.</param>
    /// <param name="tag">DS, IS, FD or US.</param>
    /// <param name="unit">Empty for a count.</param>
    /// <param name="distance">In the unit.</param>
    /// <param name="fraction">Of the value.</param>
    /// <param name="index">Of the value, from 0.</param>
    public static SeriesAttribute Number(string name, DicomTag tag, string unit, double distance, double fraction, int index = 0)
    {
        return new(name, headers => Groups(headers, tag, index, distance, fraction)
            .Select(group => (Told(group[group.Count / 2]), group.Count)));

        string Told(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.###} {unit}").TrimEnd();
    }

    /// <summary>A number that says something of the patient: only how often each occurs is told.</summary>
    public static SeriesAttribute Untold(string name, DicomTag tag, double distance) =>
        new(name, headers => Groups(headers, tag, 0, distance, 0).Select(group => ("", group.Count)));

    /// <summary>The different values, the most frequent one first.</summary>
    public IReadOnlyList<(string Value, int Images)> Values(IEnumerable<DicomDataset> headers) =>
        [.. _groups(headers).OrderByDescending(group => group.Images).ThenBy(group => group.Value, StringComparer.Ordinal)];

    private static string? Said(DicomDataset header, DicomTag tag, int? index) => index is not { } i
        ? ImageHeader.Text(header, tag)
        : header.TryGetValue<string>(tag, i, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private static List<List<double>> Groups(IEnumerable<DicomDataset> headers, DicomTag tag, int index, double distance, double fraction)
    {
        var groups = new List<List<double>>();
        foreach (var value in headers.Select(header => ImageHeader.Number(header, tag, index)).OfType<double>().Order())
            if (groups.Count > 0 && value - groups[^1][0] <= Math.Max(distance, fraction * Math.Abs(value)))
                groups[^1].Add(value);
            else
                groups.Add([value]);
        return groups;
    }
}
