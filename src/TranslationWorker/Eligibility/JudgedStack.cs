using Gateway.Imaging.Modalities;
using Gateway.Imaging.Stacks;

namespace Gateway.TranslationWorker;

/// <summary>A stack of a series and what the rules say of it.</summary>
internal sealed record JudgedStack(ImageStack Stack, EligibilityVerdict Verdict);
