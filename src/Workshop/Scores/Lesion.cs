namespace Gateway.Workshop.Scores;

/// <summary>A disc put into a prepared slice.</summary>
/// <param name="Subject">Whose slice.</param>
/// <param name="Bright">Brighter than what it replaces: in CT like acute blood.</param>
/// <param name="Diameter">mm.</param>
/// <param name="Recovery">Contrast to noise of its trace in the translation, relative to its own: 1 keeps it whole, 0 loses it, negative
/// turns it round.</param>
public sealed record Lesion(string Subject, bool Bright, double Diameter, double Recovery)
{
    /// <summary>Less of its contrast to noise is lost.</summary>
    public const double Half = 0.5;
}
