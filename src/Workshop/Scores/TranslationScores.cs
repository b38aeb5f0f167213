namespace Gateway.Workshop.Scores;

/// <summary>Means over the slices of one set in one direction. SSIM is Wang's on [0, 1].</summary>
public sealed record TranslationScores
{
    /// <summary>What was scored: the models or a baseline.</summary>
    public required string Method { get; init; }

    /// <summary>SSIM of the source and its translation there and back.</summary>
    public required double SsimCycle { get; init; }

    /// <summary>The same with the translation rounded to 8 bits and noise of sigma 0.02 added, which destroys
    /// a source hidden in it.</summary>
    public required double SsimCycleDisturbed { get; init; }

    /// <summary>SSIM of source and translation; near 1 if a generator changes nothing.</summary>
    public required double SsimInputOutput { get; init; }

    /// <summary>Share of translations whose nearest input by MIND is their own; 1/N if the input is ignored.</summary>
    public required double Retrieval { get; init; }

    /// <summary>Comparison with the truth; null if there is none.</summary>
    public PairedScores? Paired { get; init; }
}
