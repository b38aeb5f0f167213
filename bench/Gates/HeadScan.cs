using System.Numerics;

namespace Gateway.Gates;

/// <summary>A digital head in a scanner: another pose, coverage, matrix and slice distance for every seed.</summary>
internal static class HeadScan
{
    /// <summary>From the feet upwards.</summary>
    /// <param name="seed">Of the head and of the scan.</param>
    /// <param name="findings">What it has beside its anatomy.</param>
    /// <param name="millimetres">Slice distance; 4.5 to 6 unless given.</param>
    public static PhantomSlice[] Render(ulong seed, PhantomFindings? findings = null, float? millimetres = null)
    {
        var random = new Random((int)seed);
        float Between(double low, double high) => (float)(low + (high - low) * random.NextDouble());
        var head = HeadPhantom.Sample(new PhantomOptions { Seed = seed, Findings = findings });
        var turns = new Vector3(Between(-0.14, 0.14), Between(-0.06, 0.06), Between(-0.2, 0.2));
        var size = random.Next(5) == 0 ? 256 : 192;
        var (field, usual) = (Between(225, 250), Between(4.5, 6));
        var distance = millimetres ?? usual;
        var (lowest, highest) = (Between(-52, -38), Between(70, 84));
        var middle = PhantomPlane.Axial(
            new(Between(-8, 8), 2 + Between(-8, 8), (lowest + highest) / 2), size, field / size,
            turns) with
        { Thickness = 0.9f * distance };
        var count = (int)((highest - lowest) / distance) + 1;
        return [.. Enumerable.Range(0, count)
            .Select(i => head.Render(middle with { Origin = middle.Origin + (i - (count - 1) / 2f) * distance * middle.Normal }))];
    }
}
