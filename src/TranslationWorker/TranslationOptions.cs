namespace Gateway.TranslationWorker;

/// <summary>The <c>Translation</c> section: how much of a series is translated.</summary>
public sealed class TranslationOptions
{
    public const string Section = "Translation";

    /// <summary>Part of the derived UIDs: a series of one slice and one of every slice never share any.</summary>
    public SliceCoverage Slices { get; init; } = SliceCoverage.Chosen;
}
