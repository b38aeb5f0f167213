namespace Gateway.TranslationWorker;

/// <summary>The <c>Translation</c> section: how much of a series is translated, and what is told of it.</summary>
public sealed class TranslationOptions
{
    public const string Section = "Translation";

    /// <summary>Part of the derived UIDs: a series of one slice and one of every slice never share any.</summary>
    public SliceCoverage Slices { get; init; } = SliceCoverage.Chosen;

    /// <summary>One picture more: how far the chosen slice, translated there and back, differs from itself (<c>CycleError</c>).</summary>
    public bool Uncertainty { get; init; }
}
