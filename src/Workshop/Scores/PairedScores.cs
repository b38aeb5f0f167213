namespace Gateway.Workshop.Scores;

/// <summary>Comparison of a translation with the truth, inside the head of either picture unless stated otherwise.</summary>
public sealed record PairedScores
{
    /// <summary>Mean absolute error: in HU for CT, in grey of a range of 1 for T2.</summary>
    public required double Mae { get; init; }

    /// <summary>dB, range 1.</summary>
    public required double Psnr { get; init; }

    /// <summary>SSIM of the whole picture, empty background included.</summary>
    public required double Ssim { get; init; }

    public required double SsimInside { get; init; }
}
