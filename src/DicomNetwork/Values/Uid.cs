using System.Numerics;

namespace Gateway.DicomNetwork;

/// <summary>A unique identifier that is safe in a path, a query and a key (PS3.5 §9.1): 1-64 digits and single dots between them.</summary>
/// <remarks>Components with leading zeros are not legal, but scanners send them and they harm nobody: they are taken as they are.</remarks>
public readonly record struct Uid
{
    /// <summary>Most characters (PS3.5 §9.1).</summary>
    public const int MaxLength = 64;

    private readonly string? _value;

    private Uid(string value) => _value = value;

    /// <summary>Without padding (PS3.5 §9.1).</summary>
    public string Value => _value ?? throw new InvalidOperationException("An uninitialised UID has no value.");

    /// <summary>2.25 and a UUID as a number (PS3.5 §B.2).</summary>
    public static Uid Of(Guid uuid) =>
        new($"2.25.{new BigInteger(uuid.ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true)}");

    /// <summary>Takes a UID, or throws a <see cref="FormatException"/> (PS3.5 §9.1).</summary>
    public static Uid Parse(string text) => TryParse(text, out var uid) ? uid : throw new FormatException("Not a DICOM UID.");

    /// <summary>Takes a UID with its padding (NUL by the standard, a space by some) (PS3.5 §9.1).</summary>
    public static bool TryParse(string? text, out Uid uid)
    {
        var trimmed = text?.TrimEnd('\0', ' ') ?? "";
        var valid = trimmed.Length is > 0 and <= MaxLength && IsDotted(trimmed);
        uid = valid ? new(trimmed) : default;
        return valid;
    }

    public override string ToString() => _value ?? "";

    private static bool IsDotted(string text)
    {
        var previous = '.';
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && (c != '.' || previous == '.'))
                return false;
            previous = c;
        }

        return previous != '.';
    }
}
