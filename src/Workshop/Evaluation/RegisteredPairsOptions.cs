using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;

namespace Gateway.Workshop.Evaluation;

/// <summary>How a site's own pairs are prepared.</summary>
public sealed record RegisteredPairsOptions
{
    /// <summary>The reference of T2, to which its slices are registered as a translation registers them.</summary>
    public required Reference Reference { get; init; }

    /// <summary>The mask of the reference of CT; null for none.</summary>
    public Mask? CtMask { get; init; }

    /// <summary>The HU that -1 and 1 of the CT pictures stand for.</summary>
    public GreyRange Window { get; init; } = GreyRange.Brain;

    /// <summary>Whether the models want slices deformed onto the reference.</summary>
    public bool Deform { get; init; }

    /// <summary>Beside the chosen slice, one every so many millimetres of the reference; 0 for the chosen one alone.</summary>
    public double EveryMm { get; init; }

    /// <summary>Whether PNG pictures are already in the generators' frame: registered, 256 x 256, 1 mm, masked.</summary>
    public bool ArePrepared { get; init; }
}
