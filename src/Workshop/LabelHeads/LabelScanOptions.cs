using System.Numerics;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.LabelHeads;

/// <summary>How a label-map head is scanned. The same values give the same pixels.</summary>
public sealed record LabelScanOptions
{
    /// <summary>Of pose, shape, looks and noise.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Nod, tilt and turn of the head in the scanner, degrees; null for usual ones.</summary>
    public Vector3? Turns { get; init; }

    /// <summary>The lowest slice, mm above the reference's level.</summary>
    public float LowMm { get; init; } = -68;

    /// <summary>No slice is higher.</summary>
    public float HighMm { get; init; } = 84;

    /// <summary>From slice to slice.</summary>
    public float SpacingMm { get; init; } = 5;

    public float ThicknessMm { get; init; } = 4.5f;

    /// <summary>Whether the head has an illness.</summary>
    public bool Ill { get; init; }

    /// <summary>Distance between columns and between rows.</summary>
    public (float Across, float Down) PixelMm { get; init; } = (1, 1);

    /// <summary>A scan as clinics make them: T2 planned along the commissures, CT along the base of the skull, one head in four lying far
    /// off.</summary>
    /// <param name="seed">Draws all of it.</param>
    public static LabelScanOptions Varied(ulong seed)
    {
        var random = new PhantomRandom(PhantomRandom.Hash(seed ^ 0x5CA7));
        var turns = new Vector3(random.Uniform(-10, 16), random.Uniform(-6, 6), random.Uniform(-10, 10));
        if (random.Chance(0.25f))
            turns = new(random.Uniform(-25, 25), random.Uniform(-25, 25), random.Uniform(-15, 15));
        var pixel = random.Uniform(0.6f, 1);
        return new() { Seed = seed, Turns = turns, LowMm = random.Uniform(-70, -58), PixelMm = (pixel, pixel) };
    }
}
