using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Workshop.Pathology;

namespace Gateway.Workshop.TrainingSets;

/// <summary>What a training set is made from and where it goes.</summary>
public sealed record TrainingSetOptions
{
    /// <summary>Folder the sources' paths are relative to.</summary>
    public required string Data { get; init; }

    /// <summary>Receives t2/*.png, ct/*.png, paired/*.t2.png beside *.ct.png and what is known of them, pairs.json and
    /// manifest.json.</summary>
    public required string Output { get; init; }

    /// <summary>One reference for every modality among the sources.</summary>
    public required IReadOnlyList<Reference> References { get; init; }

    public GreyRange Window { get; init; } = GreyRange.Brain;

    /// <summary>Whether slices are deformed onto the reference after the linear registration.</summary>
    public bool Deform { get; init; }

    /// <summary>Slices within this distance of the chosen one are prepared too, mm.</summary>
    public double NeighbourMm { get; init; } = 12;

    /// <summary>Of thinner slices, only one per this distance is taken, so that no subject outweighs the others, mm.</summary>
    public double LeastStepMm { get; init; } = 2.4;

    /// <summary>T2 slices up to this distance above the chosen one are paired with a CT made by rules. Below, at the base of the skull, the
    /// rules do not hold.</summary>
    public double PairsAboveMm { get; init; } = 45;

    /// <summary>Whether each such pair is written a second time with an illness.</summary>
    public bool DrawIllnesses { get; init; } = true;

    /// <summary>Masks of real lesions for shapes and places; null for made ones alone.</summary>
    public LesionMasks? Lesions { get; init; }

    /// <summary>A slice near the chosen one is left out if the correlation of its brain pattern with the reference's is lower.</summary>
    public double LeastNccInside { get; init; } = 0.15;

    /// <summary>The same for loose pictures. Nothing else tells their level.</summary>
    public double LeastNccInsideLoose { get; init; } = 0.4;

    /// <summary>A loose picture with a larger share of bone lies near the vertex and is left out.</summary>
    public double MostBoneLoose { get; init; } = 0.195;
}
