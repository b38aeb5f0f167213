namespace Gateway.TrainingWorker.Training;

/// <summary>How an averaged generator does on the held-out pairs of one folder. Errors are in HU for CT and in shares of the range of grey
/// otherwise.</summary>
public sealed record PairScores
{
    public required int Pairs { get; init; }

    /// <summary>Mean absolute error in the head.</summary>
    public required double Head { get; init; }

    /// <summary>The same of levels up to 15 mm from the reference's, and of all others; null where no level is known.</summary>
    public double? Near { get; init; }
    public double? Far { get; init; }

    /// <summary>Mean absolute error in brain, CSF and what is in them, where tissue is known.</summary>
    public double? Brain { get; init; }

    /// <summary>Mean structural similarity of whole pictures.</summary>
    public required double Ssim { get; init; }

    /// <summary>Dice of bone; null for other modalities than CT.</summary>
    public double? Bone { get; init; }

    /// <summary>By kind of finding: the contrast to what surrounds it in the made pictures, relative to that in the truth.</summary>
    public IReadOnlyDictionary<string, double> Contrast { get; init; } = new Dictionary<string, double>();

    /// <summary>The error in the head as a share of the range: what runs are compared by; less is better.</summary>
    public required double Score { get; init; }
}
