namespace Gateway.TranslationWorker;

/// <summary>The names of the directions in files, model metadata and JSON: <c>t2-ct</c> and <c>ct-t2</c>.</summary>
public static class TranslationDirections
{
    public static string Name(this TranslationDirection direction) => direction == TranslationDirection.T2ToCt ? "t2-ct" : "ct-t2";

    public static TranslationDirection Reverse(this TranslationDirection direction) =>
        direction == TranslationDirection.T2ToCt ? TranslationDirection.CtToT2 : TranslationDirection.T2ToCt;

    /// <exception cref="FormatException">The name is neither <c>t2-ct</c> nor <c>ct-t2</c>.</exception>
    public static TranslationDirection Parse(string name) => name switch
    {
        "t2-ct" => TranslationDirection.T2ToCt,
        "ct-t2" => TranslationDirection.CtToT2,
        _ => throw new FormatException("A direction is t2-ct or ct-t2."),
    };
}
