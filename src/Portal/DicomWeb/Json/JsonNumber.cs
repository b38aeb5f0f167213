using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gateway.Portal.DicomWeb;

/// <summary>Numbers of a data set in JSON (PS3.18 section F.2.3). What JSON has no number for stays text.</summary>
internal static partial class JsonNumber
{
    /// <summary>A decimal or an integer string; one that JSON writes alike keeps its digits.</summary>
    public static void Write(Utf8JsonWriter json, string text)
    {
        if (AsJson().IsMatch(text))
            json.WriteRawValue(text);
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(text);
    }

    public static void Write(Utf8JsonWriter json, float number)
    {
        if (float.IsFinite(number))
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
    }

    public static void Write(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(number.ToString(CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?\z")]
    private static partial Regex AsJson();
}
