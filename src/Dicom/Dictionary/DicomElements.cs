using System.Globalization;

namespace Gateway.Dicom;

/// <summary>The standard's element table (PS3.6 section 6), read once from the embedded DicomElements.tsv.</summary>
internal static class DicomElements
{
    private const uint RepeatingGroups = 0xFF00FFFF;
    private static readonly Lazy<Table> Loaded = new(Load);

    /// <summary>The entry of a standard tag; null for private, group-length and unknown ones.</summary>
    public static DicomElementEntry? Find(uint tag)
    {
        if (Loaded.Value.Exact.TryGetValue(tag, out var entry)) return entry;
        if ((tag >> 16 & 1) == 1) return null;
        foreach (var (mask, value, masked) in Loaded.Value.Masked)
            if ((tag & mask) == value)
                return masked;
        return null;
    }

    /// <summary>The tag with that number. For standard elements it is always the same object.</summary>
    public static DicomTag TagOf(uint number) =>
        Loaded.Value.Exact.TryGetValue(number, out var entry) ? entry.Tag! : DicomTag.FromNumber(number);

    private static Table Load()
    {
        var exact = new Dictionary<uint, DicomElementEntry>(5_200);
        var masked = new List<(uint, uint, DicomElementEntry)>();
        using var stream = typeof(DicomElements).Assembly.GetManifestResourceStream("DicomElements.tsv")!;
        using var lines = new StreamReader(stream);
        while (lines.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            var tag = cells[0].Contains('x', StringComparison.Ordinal) ? null : DicomTag.FromNumber(Number(cells[0]));
            var entry = new DicomElementEntry(tag, [.. cells[1].Split('/').Select(DicomVR.Parse)], MostValues(cells[2]), cells[3]);
            if (tag is null) masked.Add((Mask(cells[0]), Number(cells[0]), entry));
            else exact.Add(tag.Value, entry);
        }
        return new(exact, [.. masked]);
    }

    private static uint Number(string tag) =>
        uint.Parse(tag.Replace('x', '0'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static uint Mask(string tag) =>
        tag[2..4] == "xx" ? RepeatingGroups : Number(string.Concat(tag.Select(c => c == 'x' ? '0' : 'F')));

    /// <summary>The upper end of a value multiplicity such as <c>1</c>, <c>2-2n</c> or <c>1-99</c>.</summary>
    private static int MostValues(string multiplicity) =>
        multiplicity.EndsWith('n') ? int.MaxValue
        : int.Parse(multiplicity[(multiplicity.LastIndexOfAny(['-', '/']) + 1)..], CultureInfo.InvariantCulture);

    private sealed record Table(Dictionary<uint, DicomElementEntry> Exact, (uint Mask, uint Value, DicomElementEntry Entry)[] Masked);
}
