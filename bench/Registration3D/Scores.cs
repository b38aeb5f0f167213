using System.Globalization;
using Gateway.Imaging.Grids;
using Gateway.VolumeRegistration;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.Scores;

namespace Gateway.Registration3DBench;

/// <summary>How good a found map is: a displacement for every fixed voxel, in voxels of the moving volume, linear part included.</summary>
internal sealed record Scores(double Tre, double Tre95, double Ssim, double Ncc, double Folded, double Least, double Seconds)
{
    public static Scores Of(Pair pair, DisplacementField3D found, double seconds)
    {
        var grid = pair.Fixed;
        var inside = Enumerable.Range(0, grid.Voxels.Length).Where(i => grid.Voxels[i] > 0.05 && OffBorder(i)).ToArray();
        var errors = pair.Truth is { } truth
            ? inside.Where((_, i) => i % 5 == 0).Select(i => (At(i) + Vector(found, i) - ToMovingVoxel(truth, i)).Length).Order()
                .ToArray() : null;
        var moved = new VoxelVolume(Pair.Side, Pair.Side, Pair.Side, grid.ToPatient);
        Parallel.For(0, moved.Voxels.Length, i => moved.Voxels[i] = VolumeResampler.At(pair.Moving, At(i) + Vector(found, i), 0));
        var mask = new HashSet<int>(inside);
        var (least, _, folded) = found.Jacobians(mask.Contains);
        return new(errors?.Average() ?? double.NaN, errors?[(int)(0.95 * errors.Length)] ?? double.NaN, Ssim3D(grid, moved), Correlation(
            grid, moved, inside),
            folded, least, seconds);

        Vector3D ToMovingVoxel(Func<Vector3D, Vector3D> truth, int i) =>
            pair.Moving.ToPatient.Invert().Apply(truth(grid.ToPatient.Apply(At(i))));
    }

    public string Cells => string.Create(CultureInfo.InvariantCulture,
        $"{Tre:0.00} | {Tre95:0.00} | {Ssim:0.000} | {Ncc:0.000} | {Folded:0.000%} | {Least:0.00} | {Seconds:0.00}");

    private static bool OffBorder(int i) => (i % Pair.Side) is > 0 and < Pair.Side - 1
        && (i / Pair.Side % Pair.Side) is > 0 and < Pair.Side - 1 && (i / (Pair.Side * Pair.Side)) is > 0 and < Pair.Side - 1;

    private static Vector3D At(int i) => new(i % Pair.Side, i / Pair.Side % Pair.Side, i / (Pair.Side * Pair.Side));

    private static Vector3D Vector(DisplacementField3D field, int i) => new(field.X[i], field.Y[i], field.Z[i]);

    /// <summary>SSIM of every second axial slice over the fixed head, weighted by its area.</summary>
    private static double Ssim3D(VoxelVolume a, VoxelVolume b)
    {
        var (sum, area) = (0.0, 0.0);
        for (var z = 0; z < Pair.Side; z += 2)
        {
            var (first, second) =
                (new Image(Pair.Side, Pair.Side, a.Plane(z).ToArray()), new Image(Pair.Side, Pair.Side, b.Plane(z).ToArray()));
            var mask = Mask.Where(first, value => value > 0.05);
            if (mask.Area > 200)
                (sum, area) = (sum + mask.Area * StructuralSimilarity.Of(first, second, mask: mask), area + mask.Area);
        }
        return sum / area;
    }

    private static double Correlation(VoxelVolume a, VoxelVolume b, int[] inside)
    {
        var (meanA, meanB) = (inside.Average(i => (double)a.Voxels[i]), inside.Average(i => (double)b.Voxels[i]));
        var (ab, aa, bb) = (0.0, 0.0, 0.0);
        foreach (var i in inside)
            (ab, aa, bb) =
                (ab + (a.Voxels[i] - meanA) * (b.Voxels[i] - meanB), aa + Math.Pow(a.Voxels[i] - meanA, 2), bb + Math.Pow(
                    b.Voxels[i] - meanB, 2));
        return ab / Math.Sqrt(aa * bb);
    }
}
