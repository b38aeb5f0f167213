using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Gateway.Imaging.Modalities;

/// <summary>The name of a kind of picture, as used in files and messages. All properties of it are in its
/// <see cref="ModalityProfile"/>.</summary>
[JsonConverter(typeof(ModalityConverter))]
public sealed partial record Modality
{
    private Modality(string code) => Code = code;

    /// <summary><c>t2</c>, <c>ct</c>: used in the names of directions, files and folders.</summary>
    public string Code { get; }

    /// <summary><c>T2</c>, <c>Ct</c>: used in manifests and reports.</summary>
    public string Name => char.ToUpperInvariant(Code[0]) + Code[1..];

    /// <param name="text">A letter, then letters and digits, in either case.</param>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static Modality Parse(string text) => Word().IsMatch(text)
        ? new(text.ToLowerInvariant())
        : throw new FormatException("A modality is a letter, then letters and digits.");

    public override string ToString() => Name;

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{0,15}$")]
    private static partial Regex Word();
}
