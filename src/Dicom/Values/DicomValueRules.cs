using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Dicom;

/// <summary>The demands of PS3.5 table 6.2-1 on a text value. They are applied to what we write, never to what we receive.</summary>
internal static partial class DicomValueRules
{
    /// <exception cref="DicomValidationException">The value breaks its representation's rules.</exception>
    public static void Check(DicomVR vr, string value)
    {
        if (value.Length == 0) return;
        if (Complaint(vr, value) is { } complaint) throw new DicomValidationException(value, vr, $"A value of VR {vr} {complaint}.");
    }

    private static string? Complaint(DicomVR vr, string value) => vr.Code switch
    {
        "UI" => DicomUID.IsValidUid(value.TrimEnd('\0')) ? null : "is no UID",
        "PN" => NameComplaint(value),
        "LT" or "ST" or "UT" => TooLong(vr, value),
        "DS" => TooLong(vr, value) ?? (Decimal().IsMatch(value) ? null : "is no decimal number"),
        "IS" => TooLong(vr, value) ?? (int.TryParse(value, CultureInfo.InvariantCulture, out _) ? null : "is no integer of 32 bits"),
        "CS" => TooLong(vr, value) ?? (Code().IsMatch(value) ? null : "has other characters than A-Z, 0-9, space and underscore"),
        "DA" => Date().IsMatch(value) ? null : "is no date YYYYMMDD",
        "TM" => Time().IsMatch(value) ? null : "is no time HHMMSS.FFFFFF",
        "DT" => Moment().IsMatch(value) ? null : "is no date and time",
        "AS" => Age().IsMatch(value) ? null : "is no age",
        "AE" => TooLong(vr, value) ?? (value.Trim(' ').Length == 0 || HasControl(value) ? "is no application entity title" : null),
        _ => TooLong(vr, value) ?? (HasControl(value) ? "has control characters" : null),
    };

    private static string? NameComplaint(string value)
    {
        var groups = value.Split('=');
        if (groups.Length > 3 || groups.Any(group => Characters(group) > 64 || group.Count(c => c == '^') > 4))
            return "is no person name of three groups of five components";
        return HasControl(value) ? "has control characters" : null;
    }

    private static string? TooLong(DicomVR vr, string value) =>
        vr.MaximumLength > 0 && Characters(value) > vr.MaximumLength ? $"is longer than {vr.MaximumLength} characters" : null;

    /// <summary>What PS3.5 section 6.2 counts: a character beyond U+FFFF is one.</summary>
    private static int Characters(string value) => value.Length - value.Count(char.IsLowSurrogate);

    private static bool HasControl(string value) => value.Any(c => char.IsControl(c) && c != '\x1B');

    [GeneratedRegex(@"^ *[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)? *$", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    [GeneratedRegex("^[A-Z0-9 _]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex(@"^([01]\d|2[0-3])([0-5]\d(([0-5]\d|60)(\.\d{1,6})?)?)? *$", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    [GeneratedRegex(
        @"^\d{4}((0[1-9]|1[0-2])((0[1-9]|[12]\d|3[01])(([01]\d|2[0-3])([0-5]\d(([0-5]\d|60)(\.\d{1,6})?)?)?)?)?)?([+-]\d{4})? *$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Moment();

    [GeneratedRegex(@"^\d{3}[DWMY]$", RegexOptions.CultureInvariant)]
    private static partial Regex Age();
}
