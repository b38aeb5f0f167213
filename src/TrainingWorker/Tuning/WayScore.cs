namespace Gateway.TrainingWorker.Tuning;

/// <summary>How one direction translates held-out slices.</summary>
public sealed record WayScore
{
    /// <summary>Distance of what is made to real slices of the modality that it imitates, and of as many other real ones to them.</summary>
    public required double Frechet { get; init; }
    public required double FrechetFloor { get; init; }

    /// <summary>SSIM of a source and its translation there and back; and the same after 8 bits and noise of sigma 0.02.</summary>
    public required double Ssim { get; init; }
    public required double SsimDisturbed { get; init; }

    /// <summary>Share of translations whose nearest source by MIND is their own.</summary>
    public required double Retrieval { get; init; }

    /// <summary>How much translations differ among each other, relative to the true ones: near 0 where all are the same.</summary>
    public required double Spread { get; init; }

    /// <summary>Mean absolute error in the head, HU for CT, else a share of the range; and SSIM to the truth.</summary>
    public required double Mae { get; init; }
    public required double SsimToTruth { get; init; }

    /// <summary>That error slice by slice.</summary>
    public required IReadOnlyList<double> Errors { get; init; }

    /// <summary>Whether the input is as good as ignored.</summary>
    public bool Collapsed => Retrieval < 0.1 || Spread < 0.3;
}
