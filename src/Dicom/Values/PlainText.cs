namespace Gateway.Dicom;

/// <summary>Text of strangers as people may see it (PS3.5 section 6.1.3).</summary>
public static class PlainText
{
    /// <summary>Without control characters, which databases and FHIR refuse, and without those that turn the direction of the text behind
    /// them (Unicode UAX 9: U+202A to U+202E, U+2066 to U+2069); letters keep their own direction (PS3.5 section 6.1.3).</summary>
    public static string Of(string text) => text.Any(IsHidden) ? string.Concat(text.Where(c => !IsHidden(c))) : text;

    private static bool IsHidden(char c) => char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
