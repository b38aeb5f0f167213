using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace Gateway.Harness;

/// <summary>What one core of this machine can do at best, measured: what inner loops are compared with.</summary>
public static class CoreLimits
{
    private const int Repeats = 12;

    /// <summary>Seconds of the fastest of a dozen repeats.</summary>
    public static double Best(Action loop)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Repeats; i++)
        {
            var started = Stopwatch.GetTimestamp();
            loop();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        return best;
    }

    /// <summary>GB/s of a = b + s c over three arrays, 12 bytes a sample.</summary>
    /// <param name="samples">Length of each array: what fits a cache measures that cache. A multiple of 8.</param>
    public static double Bandwidth(int samples)
    {
        var (a, b, c) = (new float[samples], new float[samples], new float[samples]);
        var rounds = Math.Max(1, 32_000_000 / samples);
        var seconds = Best(() =>
        {
            for (var round = 0; round < rounds; round++)
                for (var i = 0; i < a.Length; i += 8)
                    (Vector256.Create(b, i) + Vector256.Create(c, i) * 3f).CopyTo(a, i);
        });
        return 12e-9 * samples * rounds / seconds;
    }

    /// <summary>GFLOP/s of fused multiply-adds of eight single-precision lanes.</summary>
    public static double Peak()
    {
        const int rounds = 20_000_000;
        var sink = 0f;
        var seconds = Best(() => sink += Chains(rounds));
        return sink == 1 ? 0 : 1e-9 * rounds * 10 * 16 / seconds;
    }

    /// <summary>Ten chains hide the latency of one.</summary>
    private static float Chains(int rounds)
    {
        Vector256<float> f = Vector256.Create(0.999f), g = Vector256.Create(
            0.001f), a = f, b = g, c = f, d = g, e = f, h = g, i = f, j = g, k = f, l = g;
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
