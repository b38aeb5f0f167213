using System.Text;

namespace Gateway.DicomNetwork;

/// <summary>An application entity title that is safe in a log, a label and a query (PS3.5 §6.2, VR AE): 1-16 printable ASCII characters,
/// no backslash.</summary>
public readonly record struct AeTitle
{
    /// <summary>Most characters (PS3.5 §6.2).</summary>
    public const int MaxLength = 16;

    private readonly string? _value;

    private AeTitle(string value) => _value = value;

    /// <summary>Without the padding, which is not significant (PS3.5 §6.2).</summary>
    public string Value => _value ?? "?";

    /// <summary>Takes a title, or throws a <see cref="FormatException"/> (PS3.5 §6.2).</summary>
    public static AeTitle Parse(string text) =>
        TryParse(text, out var title)
            ? title : throw new FormatException("An AE title is 1 to 16 printable ASCII characters without a backslash.");

    /// <summary>Takes a title (PS3.5 §6.2).</summary>
    public static bool TryParse(string text, out AeTitle title)
    {
        var trimmed = text.Trim(' ');
        var valid = trimmed.Length is > 0 and <= MaxLength && trimmed.All(IsLegal);
        title = valid ? new(trimmed) : default;
        return valid;
    }

    /// <summary>The title that a peer gave itself. Characters that are not allowed become <c>?</c>, so that it can be shown but matches no
    /// configured title.</summary>
    internal static AeTitle FromWire(string field)
    {
        var trimmed = field.Trim(' ', '\0');
        if (trimmed.Length is 0 or > MaxLength)
            return default;

        var shown = new StringBuilder(trimmed.Length);
        foreach (var c in trimmed)
            shown.Append(IsLegal(c) ? c : '?');
        return new(shown.ToString());
    }

    public override string ToString() => Value;

    private static bool IsLegal(char c) => c is >= ' ' and <= '~' and not '\\';
}
