using System.Buffers;

namespace Gateway.Dicom;

/// <summary>A unique identifier (PS3.5 section 9). The SOP classes, transfer syntaxes and well-known instances of PS3.6 annex A are
/// constants named by their keyword, with <c>RETIRED</c> appended where they are retired. Equality is by the identifier's text.</summary>
public sealed partial class DicomUID : IEquatable<DicomUID>
{
    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789.");
    private static readonly Lazy<Dictionary<string, DicomUID>> Standard = new(Load);

    /// <summary>A UID with a name that the caller chooses (PS3.5 section 9).</summary>
    public DicomUID(string uid, string name, DicomUidType type, bool retired = false) =>
        (UID, Name, Type, IsRetired) = (uid, name, type, retired);

    /// <summary>The identifier (PS3.5 section 9.1).</summary>
    public string UID { get; }

    /// <summary>Its name (PS3.6 annex A).</summary>
    public string Name { get; }

    /// <summary>What it identifies (PS3.6 annex A).</summary>
    public DicomUidType Type { get; }

    /// <summary>Whether the standard has retired it (PS3.6 annex A).</summary>
    public bool IsRetired { get; }

    /// <summary>Whether it stores images or volumes (PS3.4 annex B.5).</summary>
    public bool IsImageStorage => StorageCategory is DicomStorageCategory.Image or DicomStorageCategory.Volume;

    /// <summary>What a storage SOP class stores (PS3.4 annex B.5). <see cref="DicomStorageCategory.None"/> for other UIDs,
    /// <see cref="DicomStorageCategory.Private"/> for SOP classes outside the standard's root.</summary>
    public DicomStorageCategory StorageCategory => Type switch
    {
        DicomUidType.SOPClass when Name.Contains("Storage", StringComparison.Ordinal) => Categorise(),
        DicomUidType.Unknown when !UID.StartsWith("1.2.840.10008.", StringComparison.Ordinal) => DicomStorageCategory.Private,
        _ => DicomStorageCategory.None,
    };

    /// <summary>The standard's entry for this identifier, or one of type <see cref="DicomUidType.Unknown"/> (PS3.6 annex A). Components
    /// that begin with 0 are not valid, but devices write them.</summary>
    /// <exception cref="DicomDataException">The text is no UID: not 1 to 64 digits and dots.</exception>
    public static DicomUID Parse(string s)
    {
        var uid = s.TrimEnd(' ', '\0');
        if (Standard.Value.TryGetValue(uid, out var known)) return known;
        return uid.Length is > 0 and <= 64 && !uid.AsSpan().ContainsAnyExcept(Characters)
            ? new(uid, "Unknown", DicomUidType.Unknown) : throw new DicomDataException("The value is no UID.");
    }

    /// <summary>Whether it has 1 to 64 characters and components of digits without leading zeros (PS3.5 section 9.1).</summary>
    public static bool IsValidUid(string uid)
    {
        if (uid.Length is 0 or > 64) return false;
        foreach (var range in uid.AsSpan().Split('.'))
        {
            var part = uid.AsSpan(range);
            if (part.IsEmpty || part.ContainsAnyExceptInRange('0', '9') || (part.Length > 1 && part[0] == '0')) return false;
        }
        return true;
    }

    /// <summary>The identifier (PS3.5 section 9.1).</summary>
    public static bool operator ==(DicomUID? a, DicomUID? b) => a?.UID == b?.UID;

    public static bool operator !=(DicomUID? a, DicomUID? b) => !(a == b);

    public bool Equals(DicomUID? other) => this == other;

    public override bool Equals(object? obj) => Equals(obj as DicomUID);

    public override int GetHashCode() => UID.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"{Name} [{UID}]";

    private static DicomUID Known(string uid) => Standard.Value[uid];

    private DicomStorageCategory Categorise()
    {
        bool Is(string part) => Name.Contains(part, StringComparison.Ordinal);
        return this switch
        {
            _ when Is("Commitment") || Is("Stored Print") || Is("Media Storage Directory") => DicomStorageCategory.None,
            _ when Is("Presentation State") => DicomStorageCategory.PresentationState,
            _ when Is("SR ") || Is("SR Storage") || Is("Structured Report") || Is("Key Object") || Is("Log Storage")
                || Is("Dose") && Is("Report")
                => DicomStorageCategory.StructuredReport,
            _ when Is("Waveform") => DicomStorageCategory.Waveform,
            _ when Is("Encapsulated") => DicomStorageCategory.Document,
            _ when Is("Raw Data") => DicomStorageCategory.Raw,
            _ when Is("Parametric Map") || Is("RT Dose") || Is("Volume") && !Is("Presentation") => DicomStorageCategory.Volume,
            _ when Is("Image") => DicomStorageCategory.Image,
            _ => DicomStorageCategory.Other,
        };
    }

    private static Dictionary<string, DicomUID> Load()
    {
        var known = new Dictionary<string, DicomUID>(StringComparer.Ordinal);
        using var stream = typeof(DicomUID).Assembly.GetManifestResourceStream("DicomUids.tsv")!;
        using var lines = new StreamReader(stream);
        while (lines.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            known.Add(cells[0], new(cells[0], cells[3], Enum.Parse<DicomUidType>(cells[1]), cells[2] == "R"));
        }
        return known;
    }
}
