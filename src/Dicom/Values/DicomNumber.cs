using System.Globalization;

namespace Gateway.Dicom;

/// <summary>Numbers as the text that devices write for DS and IS (PS3.5 section 6.2), read with what they do wrong: NUL as padding, a
/// decimal comma, an integer with decimals.</summary>
public static class DicomNumber
{
    /// <summary>A decimal number (PS3.5 section 6.2, DS). A comma can be nothing but the decimal point.</summary>
    public static bool TryReal(string? text, out double value) =>
        double.TryParse(WithPoint(text), NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>An integer (PS3.5 section 6.2, IS); zeros may follow a decimal point.</summary>
    public static bool TryInteger(string? text, out long value)
    {
        if (long.TryParse(WithPoint(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)) return true;
        var isWhole = TryReal(text, out var real) && Math.Abs(real) < 1e15 && real == Math.Truncate(real);
        value = isWhole ? (long)real : 0;
        return isWhole;
    }

    /// <summary>A 32-bit integer, which is all that IS allows (PS3.5 section 6.2).</summary>
    public static bool TryInteger(string? text, out int value)
    {
        var fits = TryInteger(text, out long number) && number is >= int.MinValue and <= int.MaxValue;
        value = fits ? (int)number : 0;
        return fits;
    }

    /// <summary>The text without padding and with a point where it has one comma and no point.</summary>
    internal static string WithPoint(string? text)
    {
        var trimmed = text?.Trim(' ', '\0', '\t', '\r', '\n') ?? "";
        var comma = trimmed.IndexOf(',', StringComparison.Ordinal);
        return comma < 0 || comma != trimmed.LastIndexOf(',') || trimmed.Contains('.', StringComparison.Ordinal)
            ? trimmed : trimmed.Replace(',', '.');
    }
}
