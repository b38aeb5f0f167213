using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;

namespace Gateway.TranslationWorker;

/// <summary>What of a series is translated, and what is left out.</summary>
/// <param name="Verdict">On the stack that was chosen; where none is eligible, the reasons of all.</param>
public sealed record StackChoice(EligibilityVerdict Verdict)
{
    /// <summary>The images of the chosen stack; empty where there is none.</summary>
    public IReadOnlyList<SourceInstance> Sources { get; init; } = [];

    /// <summary>The chosen stack where the series has others: <c>24 images (echo time 100 ms)</c>. Empty for the only one.</summary>
    public string Words { get; init; } = "";

    /// <summary>Which stacks were left out and why.</summary>
    public IReadOnlyList<Reason> SetAside { get; init; } = [];
}
