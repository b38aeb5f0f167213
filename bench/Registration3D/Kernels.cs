using System.Globalization;
using Gateway.Harness;
using Gateway.VolumeRegistration;
using Gateway.Imaging.Volumes;

namespace Gateway.Registration3DBench;

/// <summary>The deformable stage's inner loops on one core: time, bytes and FLOPs counted by hand, beside what the core can do.</summary>
internal static class Kernels
{
    private const int Voxels = Pair.Side * Pair.Side * Pair.Side;

    public static void Print()
    {
        var (bandwidth, peak) = (CoreLimits.Bandwidth(16 * Voxels), CoreLimits.Peak());
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"One core: {bandwidth:0.0} GB/s (triad over volumes of this size), {peak:0} GFLOP/s (8-wide fused multiply-add)."));
        Console.WriteLine("| loop | ms | bytes a voxel | GB/s | of the core's | FLOP a voxel | GFLOP/s | of the core's |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        var random = new Random(1);
        VoxelVolume Noise() => new(
            Pair.Side, Pair.Side, Pair.Side, AffineTransform3D.Identity, [.. Enumerable.Range(0, Voxels).Select(_ => random.NextSingle())]);
        var (first, second, field) = (Noise(), Noise(), new DisplacementField3D(Pair.Side, Pair.Side, Pair.Side).Axes);
        var (one, lattice) = (new Vector3D(1, 1, 1), new SplineLattice3D(Pair.Side, Pair.Side, Pair.Side, 4));
        var system = new SplineSystem3D(lattice, new(lattice, one, 10, 0.05), 1);
        float[] points = [
            .. Enumerable.Range(0, 3 * lattice.Points).Select(_ => random.NextSingle() - 0.5f)], sums = new float[points.Length];
        var (moving, correlation, moved) =
            (new MovingVolume(second, AffineTransform3D.Identity, one, 1), new LocalVolumeCorrelation(first, 1e-3f, 1), new float[Voxels]);
        // Each volume once in and once out per pass; what a pass reads again out of a cache, as all control points, is not counted.
        Row("displacement of every voxel", 4 * 3, 12 * 7 / 4 + 3 * 7, () => system.Spread(points, field));
        Row("moving volume there, and its slopes", 4 * (3 + 1 + 1 + 3), 3 * 8 + 3 + 34 + 15, () => moving.Sample(
            field, Pair.Side, Pair.Side, moved));
        Row("local correlation and its derivatives", 4 * (7 + 8 + 6 + 7), 2 + 6 * 12 + 20 + 5, () => correlation.Evaluate(moved));
        Row("right hand side", 4 * 4, 3 + 12 * 2 + 12 * 8 / 4, () => system.Collect(field, moved, sums));
        Row("one product of the conjugate gradients", 4 * 3, 12 * 7 / 4 + 3 * 7 + 8 + 12 * 2 + 12 * 8 / 4, () => system.Multiply(
            field, points, sums));
        var dense = new SplineLattice3D(Pair.Side, Pair.Side, Pair.Side, 2);
        var (denser, many, theirs) =
            (new SplineSystem3D(dense, new(dense, one, 10, 0.05), 1), new float[3 * dense.Points], new float[3 * dense.Points]);
        Row("the same, control points two voxels apart", 4 * 3, 12 * 7 / 2 + 3 * 7 + 8 + 12 * 2 + 12 * 8 / 2, () => denser.Multiply(
            field, many, theirs));

        void Row(string name, int bytes, int flops, Action loop)
        {
            var seconds = CoreLimits.Best(loop);
            var (gigabytes, gigaflops) = (1e-9 * bytes * Voxels / seconds, 1e-9 * flops * Voxels / seconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {1000 * seconds:0.0} | {bytes} | {gigabytes:0.0} | {gigabytes / bandwidth:0%} | {flops} | {gigaflops:0.0} | {gigaflops / peak:0%} |"));
        }
    }
}
