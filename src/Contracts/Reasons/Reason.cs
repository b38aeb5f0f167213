using System.Text.Json.Serialization;

namespace Gateway.Contracts.Reasons;

/// <summary>Why: a kebab-case code a program knows and a sentence a person can read. Never patient data.</summary>
/// <remarks>Made by <see cref="ReasonCode.Because"/> alone, so that no code is given that the table does not explain.</remarks>
public sealed record Reason
{
    [JsonConstructor]
    internal Reason(string code, string text) => (Code, Text) = (code, text);

    public string Code { get; private init; }

    public string Text { get; private init; }

    /// <summary>A failure that nobody foresaw; its code is the kind of error, which the table cannot list.</summary>
    /// <param name="kind">Kebab-case name of the exception.</param>
    /// <param name="text">Names of our code and of exceptions only.</param>
    public static Reason OfError(string kind, string text) => new(kind, text);

    /// <summary>The same, of a series in which not every image gives it.</summary>
    public Reason OfSome(int images, int all) => this with { Text = $"{Text} So in {images} of {all} images." };

    /// <summary>The same, of a part of a series.</summary>
    /// <param name="part">Which part, in words.</param>
    public Reason Of(string part) => this with { Text = $"{part}: {Text}" };

    /// <summary>Whether nobody may override it: no translation can be laid back onto the patient's images.</summary>
    public bool IsFinal() => ReasonCode.Find(Code) is { MayBeReleased: false };
}
