namespace Gateway.Workshop.Scores;

/// <summary>Means over the slices of one set in one direction. SSIM is Wang's on [0, 1].</summary>
public sealed record TranslationScores
{
    /// <summary>What was scored: the models or a baseline.</summary>
    public required string Method { get; init; }

    /// <summary>Source against the way there and back.</summary>
    public required double SsimCycle { get; init; }

    /// <summary>The same with the translation rounded to 8 bits and noise of sigma 0.02 on it: a source hidden in it is lost.</summary>
    public required double SsimCycleDisturbed { get; init; }

    /// <summary>Source against translation; near 1 where a generator does nothing.</summary>
    public required double SsimInputOutput { get; init; }

    /// <summary>Share of translations whose nearest input by MIND is their own; 1/N where the input is ignored.</summary>
    public required double Retrieval { get; init; }

    /// <summary>Against the truth; absent where there is none.</summary>
    public PairedScores? Paired { get; init; }
}
