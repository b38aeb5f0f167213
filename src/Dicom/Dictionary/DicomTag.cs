using System.Globalization;

namespace Gateway.Dicom;

/// <summary>The address of an element: group and element number (PS3.5 section 7.1). The standard's tags are constants named by their
/// PS3.6 keyword, with <c>RETIRED</c> appended where they are retired. Equality is by number.</summary>
public sealed partial class DicomTag : IEquatable<DicomTag>, IComparable<DicomTag>
{
    private DicomTag(uint value) => Value = value;

    /// <summary>The tag of that group and element number (PS3.5 section 7.1).</summary>
    public DicomTag(ushort group, ushort element) : this(((uint)group << 16) | element) { }

    /// <summary>A private tag (PS3.5 section 7.8.1). Only the last two digits of the element number count; the creator's block gives the
    /// others.</summary>
    public DicomTag(ushort group, ushort element, string privateCreator) : this(group, element) => PrivateCreator = new(privateCreator);

    /// <summary>Who defines a private tag (PS3.5 section 7.8.1); null for a tag that is given by its number alone.</summary>
    public DicomPrivateCreator? PrivateCreator { get; }

    /// <summary>The group number (PS3.5 section 7.1).</summary>
    public ushort Group => (ushort)(Value >> 16);

    /// <summary>The element number (PS3.5 section 7.1).</summary>
    public ushort Element => (ushort)Value;

    /// <summary>Whether the group is odd (PS3.5 section 7.8): the manufacturer then decides what the values mean.</summary>
    public bool IsPrivate => (Group & 1) == 1;

    internal uint Value { get; }

    /// <summary>Reads <c>00100010</c>, <c>0010,0010</c> or <c>(0010,0010)</c> (PS3.5 section 7.1).</summary>
    /// <exception cref="DicomDataException">The text is none of these.</exception>
    public static DicomTag Parse(string s)
    {
        var digits = s.Trim('(', ')').Replace(",", "", StringComparison.Ordinal);
        return digits.Length == 8 && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new(value)
            : throw new DicomDataException($"'{s}' is no tag.");
    }

    public static bool operator ==(DicomTag? a, DicomTag? b) => a?.Value == b?.Value && Equals(a?.PrivateCreator, b?.PrivateCreator);

    public static bool operator !=(DicomTag? a, DicomTag? b) => !(a == b);

    public static bool operator <(DicomTag a, DicomTag b) => a.Value < b.Value;

    public static bool operator >(DicomTag a, DicomTag b) => a.Value > b.Value;

    public static bool operator <=(DicomTag a, DicomTag b) => a.Value <= b.Value;

    public static bool operator >=(DicomTag a, DicomTag b) => a.Value >= b.Value;

    public bool Equals(DicomTag? other) => this == other;

    public override bool Equals(object? obj) => Equals(obj as DicomTag);

    public override int GetHashCode() => (int)Value;

    public int CompareTo(DicomTag? other) => other is null ? 1 : Value.CompareTo(other.Value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Group:x4},{Element:x4})");

    internal static DicomTag FromNumber(uint value) => new(value);
}
