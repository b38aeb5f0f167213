using Gateway.Workshop.Pathology;

namespace Gateway.Workshop.TrainingSets;

/// <summary>Which pairs of phantoms are written.</summary>
public sealed record PhantomSetOptions
{
    /// <summary>Receives <c>paired/</c> and <c>pairs.json</c>; made if absent.</summary>
    public required string Output { get; init; }

    /// <summary>Number of heads; the last tenth, at least one, is held out.</summary>
    public required int Count { get; init; }

    /// <summary>Seeds count up from here.</summary>
    public ulong FirstSeed { get; init; } = 1000;

    /// <summary>Share of pairs with an illness; half of the others have calcium or filled sinuses all the same.</summary>
    public float IllChance { get; init; } = 0.5f;

    /// <summary>Masks of real lesions; null for made ones alone.</summary>
    public LesionMasks? Masks { get; init; }
}
