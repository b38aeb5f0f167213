using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using Gateway.Imaging;

namespace Gateway.Registration3DBench;

/// <summary>The deformable stage's inner loops on one core: time, bytes and FLOPs counted by hand, beside what the core can do.</summary>
internal static class Kernels
{
    private const int Voxels = Pair.Side * Pair.Side * Pair.Side;

    public static void Print()
    {
        var (bandwidth, peak) = (Bandwidth(), Peak());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"One core: {bandwidth:0.0} GB/s (triad over volumes of this size), {peak:0} GFLOP/s (8-wide fused multiply-add)."));
        Console.WriteLine("| loop | ms | bytes a voxel | GB/s | of the core's | FLOP a voxel | GFLOP/s | of the core's |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        var (size, random) = ((Pair.Side, Pair.Side, Pair.Side), new Random(1));
        VoxelVolume Noise() => new(Pair.Side, Pair.Side, Pair.Side, AffineTransform3D.Identity, [.. Enumerable.Range(0, Voxels).Select(_ => random.NextSingle())]);
        float[][] Field() => new DisplacementField3D(Pair.Side, Pair.Side, Pair.Side).Axes;
        var (first, second, step, total, result) = (Noise(), Noise(), Field(), Field(), Field());
        foreach (var axis in step.Concat(total))
            for (var i = 0; i < axis.Length; i++)
                axis[i] = random.NextSingle() - 0.5f;
        var (warp, correlation, smoothing) = (new VolumeWarp(second, AffineTransform3D.Identity, 1), new LocalVolumeCorrelation(first, 1), new FieldSmoothing(Pair.Side, Pair.Side, Pair.Side, 1));
        var moved = new float[Voxels];
        // Each volume once in and once out per pass; what a pass reads again out of a cache is not counted.
        Row("moving volume at displaced voxels", 4 * (3 + 1 + 1), 18 + 24, () => warp.Apply(total, size, moved));
        Row("local correlation and its gradient", 4 * (2 + 3 + 3 + 2 + 3 + 3 + 3 + 3 + 2 + 3), 2 + 6 * (8 + 2 + 2) + 22 + 11, () => correlation.Evaluate(moved, result));
        Row("Gaussian of the step, 13 taps", 4 * (3 + 3 + 3 + 3), 3 * 3 * (1 + 6 * 3) + 6, () => smoothing.Apply(step, result, 3));
        Row("composition", 4 * (3 + 3 + 3), 3 + 12 + 9 * 4 + 27 * 6, () => FieldComposition.Compose(step, 0.9f, total, result, size, 1));
        Row("Gaussian of the field, 5 taps", 4 * (3 + 3 + 3 + 3), 3 * 3 * (1 + 2 * 3) + 6, () => smoothing.Apply(step, result, 1));

        void Row(string name, int bytes, int flops, Action loop)
        {
            var seconds = Best(loop);
            var (gigabytes, gigaflops) = (1e-9 * bytes * Voxels / seconds, 1e-9 * flops * Voxels / seconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {1000 * seconds:0.0} | {bytes} | {gigabytes:0.0} | {gigabytes / bandwidth:0%} | {flops} | {gigaflops:0.0} | {gigaflops / peak:0%} |"));
        }
    }

    private static double Best(Action loop)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 12; i++)
        {
            var started = Stopwatch.GetTimestamp();
            loop();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        return best;
    }

    /// <summary>a = b + s c, over enough volumes that they leave the caches: 12 bytes a sample.</summary>
    private static double Bandwidth()
    {
        const int Length = 16 * Voxels;
        var (a, b, c) = (new float[Length], new float[Length], new float[Length]);
        var seconds = Best(() =>
        {
            for (var i = 0; i < Length; i += 8)
                (Vector256.Create(b, i) + Vector256.Create(c, i) * 3f).CopyTo(a, i);
        });
        return 12e-9 * Length / seconds;
    }

    private static double Peak()
    {
        var sink = 0f;
        var seconds = Best(() => sink += Chains(20_000_000));
        return sink == 1 ? 0 : 1e-9 * 20_000_000.0 * 10 * 16 / seconds;
    }

    /// <summary>Ten chains of fused multiply-adds hide their latency.</summary>
    private static float Chains(int rounds)
    {
        Vector256<float> f = Vector256.Create(0.999f), g = Vector256.Create(0.001f), a = f, b = g, c = f, d = g, e = f, h = g, i = f, j = g, k = f, l = g;
        for (var n = 0; n < rounds; n++)
        {
            a = Vector256.FusedMultiplyAdd(a, f, g);
            b = Vector256.FusedMultiplyAdd(b, f, g);
            c = Vector256.FusedMultiplyAdd(c, f, g);
            d = Vector256.FusedMultiplyAdd(d, f, g);
            e = Vector256.FusedMultiplyAdd(e, f, g);
            h = Vector256.FusedMultiplyAdd(h, f, g);
            i = Vector256.FusedMultiplyAdd(i, f, g);
            j = Vector256.FusedMultiplyAdd(j, f, g);
            k = Vector256.FusedMultiplyAdd(k, f, g);
            l = Vector256.FusedMultiplyAdd(l, f, g);
        }
        return Vector256.Sum(a + b + c + d + e + h + i + j + k + l);
    }
}
