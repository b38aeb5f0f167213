namespace Gateway.Workshop.Scores;

/// <summary>Comparison of a translation with the truth, inside the head of either picture unless stated otherwise. What is null cannot be
/// said of the slice.</summary>
public sealed record PairedScores
{
    /// <summary>Mean absolute error: in HU for CT, in grey of a range of 1 for T2.</summary>
    public required double Mae { get; init; }

    /// <summary>dB, range 1.</summary>
    public required double Psnr { get; init; }

    /// <summary>SSIM of the whole picture, empty background included.</summary>
    public required double Ssim { get; init; }

    public required double SsimInside { get; init; }

    /// <summary>As <see cref="Mae"/>, inside the skull.</summary>
    public double? MaeBrain { get; init; }

    /// <summary>Pearson's r inside the skull.</summary>
    public double? Correlation { get; init; }

    /// <summary>Overlap of what is bone, of 100 HU and more, in a made CT and the true one.</summary>
    public double? BoneDice { get; init; }

    /// <summary>Mean absolute error in the truth's bone, HU; what saturates in a made CT's window is taken as it is shown.</summary>
    public double? BoneError { get; init; }

    /// <summary>Overlap of the air inside the head, below -200 HU.</summary>
    public double? AirDice { get; init; }
}
