using System.Numerics;
using Gateway.Workshop.LabelHeads;

namespace Gateway.Gates;

/// <summary>A way in which T2 and CT of one head are scanned: the pose, and what is kept of thin slices.</summary>
/// <param name="Name">In the report.</param>
/// <param name="Far">Nods or tilts by 20 to 25 degrees.</param>
/// <param name="Variant">By name.</param>
internal sealed record LevelScan(string Name, LevelScan.Turn Far, string Variant)
{
    public enum Turn
    {
        Usual,
        Nod,
        Tilt,
    }

    public static IReadOnlyList<LevelScan> All { get; } =
    [
        new("slices of 2.5 mm", Turn.Usual, "as scanned"),
        new("usual", Turn.Usual, "usual slices"),
        new("slices of 7.5 mm", Turn.Usual, "slices of 7.5 mm"),
        new("20 mm below the vertex missing", Turn.Usual, "vertex missing"),
        new("nothing below the foramen magnum", Turn.Usual, "below foramen missing"),
        new("both missing", Turn.Usual, "both missing"),
        new("nod of 20 to 25 degrees", Turn.Nod, "usual slices"),
        new("tilt of 20 to 25 degrees", Turn.Tilt, "usual slices"),
    ];

    /// <summary>T2 as planned along the commissures, CT along the base of the skull.</summary>
    public static LabelScanOptions Options(int seed, bool ct, Turn far)
    {
        var random = new Random(seed);
        float Between(double low, double high) => (float)(low + (high - low) * random.NextDouble());
        var turns = new Vector3(ct ? Between(-6, 18) : Between(-8, 8), Between(-5, 5), Between(-8, 8));
        var much = Between(20, 25) * (random.Next(2) == 0 ? 1 : -1);
        return new()
        {
            Seed = (ulong)seed,
            Turns = far switch { Turn.Nod => turns with { X = much }, Turn.Tilt => turns with { Y = much }, _ => turns },
            LowMm = Between(-68, -58),
            SpacingMm = 2.5f,
            ThicknessMm = 2.5f,
            PixelMm = ct ? (0.7f, 0.7f) : (1, 1),
        };
    }
}
