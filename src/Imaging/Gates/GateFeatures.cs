namespace Gateway.Imaging.Gates;

/// <summary>What the out-of-distribution gate measures of a prepared slice and of its volume: pixels and geometry, nothing else of the
/// headers.</summary>
public sealed record GateFeatures
{
    /// <summary>Shares of <see cref="GreyHistogram.Bins"/> equal bins of the generator's input inside the mask; sum 1.</summary>
    public required double[] Histogram { get; init; }

    /// <summary>The figures of <see cref="Radiomics"/>, in their order.</summary>
    public required double[] Texture { get; init; }

    /// <summary>Overlap of the head with the reference's, 0..1.</summary>
    public required double Dice { get; init; }

    /// <summary>NCC of the brain's pattern with the reference's.</summary>
    public required double NccInside { get; init; }

    /// <summary>Figures that only a volume has; null for a single slice.</summary>
    public VolumeFeatures? Volume { get; init; }
}
