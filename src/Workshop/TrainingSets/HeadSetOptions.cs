using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Workshop.Pathology;

namespace Gateway.Workshop.TrainingSets;

/// <summary>What pairs are painted of label-map heads.</summary>
public sealed record HeadSetOptions
{
    /// <summary>Folder of label maps, *.nii.gz or *.nii.</summary>
    public required string Heads { get; init; }

    /// <summary>Receives paired/*.png and pairs.json.</summary>
    public required string Output { get; init; }

    /// <summary>T2 slices are registered to it; CT takes the same map.</summary>
    public required Reference Reference { get; init; }

    public GreyRange Window { get; init; } = GreyRange.Brain;

    /// <summary>Pairs of each head to train on.</summary>
    public int Pairs { get; init; } = 100;

    /// <summary>Pairs of each head that is held out: the last fifth of the maps, by name.</summary>
    public int TestPairs { get; init; } = 40;

    public ulong FirstSeed { get; init; } = 1000;

    /// <summary>Share of the variants that get an illness; some get calcifications beside it or without one.</summary>
    public float Ill { get; init; } = 0.85f;

    /// <summary>Masks of real lesions for their shapes and places; null for made ones alone.</summary>
    public LesionMasks? Lesions { get; init; }

    /// <summary>Heads painted at the same time.</summary>
    public int Threads { get; init; } = 2;
}
