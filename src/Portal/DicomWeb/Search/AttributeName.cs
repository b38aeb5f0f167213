using System.Reflection;

namespace Gateway.Portal.DicomWeb;

/// <summary>An attribute as a query names it: <c>00100010</c>, or <c>PatientName</c> (PS3.18 section 8.3.4.1).</summary>
internal static class AttributeName
{
    private const int TagDigits = 8;
    private const BindingFlags Constants = BindingFlags.Public | BindingFlags.Static;

    /// <returns>Null where it is neither a tag nor a keyword of PS3.6.</returns>
    public static DicomTag? Find(string name)
    {
        if (name.Length == TagDigits && name.All(char.IsAsciiHexDigit))
            return DicomTag.Parse(name);
        return name.Length > 0 && name.All(char.IsAsciiLetterOrDigit) ? Keyword(name) : null;
    }

    /// <summary>Of a sequence's attribute, such as <c>00400275.00400009</c>, the sequence.</summary>
    public static DicomTag? FindOutermost(string name) => name.Split('.') is var path && path.All(part => Find(part) is not null)
        ? Find(path[0])
        : null;

    /// <summary>Our dictionary has properties, fo-dicom's has fields.</summary>
    private static DicomTag? Keyword(string name) =>
        (typeof(DicomTag).GetProperty(name, Constants)?.GetValue(null) ?? typeof(DicomTag).GetField(name, Constants)?.GetValue(null))
        as DicomTag;
}
