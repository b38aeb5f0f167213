using System.Globalization;

namespace Gateway.Portal.DicomWeb;

/// <summary>The address of a large value within its instance, as <see cref="DicomJson"/> gives it: tags, and between them the number of the
/// item, from 0 on.</summary>
internal static class BulkDataPath
{
    /// <returns>Null where there is no such value.</returns>
    public static DicomElement? Find(DicomDataset instance, string path)
    {
        var steps = path.Split('/');
        if (steps.Length % 2 == 0)
            return null;
        for (var i = 0; i + 1 < steps.Length; i += 2)
            if (AttributeName.Find(steps[i]) is { } tag && instance.TryGetSequence(tag, out var sequence)
                && int.TryParse(steps[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var item) && item < sequence.Items.Count)
                instance = sequence.Items[item];
            else
                return null;
        return AttributeName.Find(steps[^1]) is { } last ? instance.GetDicomItem<DicomElement>(last) : null;
    }
}
