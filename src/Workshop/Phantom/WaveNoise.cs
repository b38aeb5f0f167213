using System.Numerics;
using System.Runtime.Intrinsics;

namespace Gateway.Workshop.Phantom;

/// <summary>A smooth random field of zero mean and unit variance: a sum of plane waves whose lengths lie in one band.
/// A narrow band gives labyrinths of even spacing (folds); a wide one gives clouds.</summary>
internal sealed class WaveNoise
{
    private readonly Vector256<float>[] _x;   // cycles per mm, eight waves a vector
    private readonly Vector256<float>[] _y;
    private readonly Vector256<float>[] _z;
    private readonly Vector256<float>[] _phase;   // turns
    private readonly float _amplitude;

    /// <param name="random">The anatomy's random stream.</param>
    /// <param name="octets">Number of waves, in eights.</param>
    /// <param name="shortest">Shortest wave, mm.</param>
    /// <param name="longest">Longest wave, mm.</param>
    public WaveNoise(PhantomRandom random, int octets, float shortest, float longest)
    {
        var waves = new Vector4[8 * octets];
        for (var i = 0; i < waves.Length; i++)
            waves[i] = new Vector4(random.Direction() / random.Uniform(shortest, longest), random.Uniform(0, 1));
        _amplitude = MathF.Sqrt(2f / waves.Length);
        _x = Eights(waves, w => w.X);
        _y = Eights(waves, w => w.Y);
        _z = Eights(waves, w => w.Z);
        _phase = Eights(waves, w => w.W);
    }

    public float Value(Vector3 p)
    {
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < _x.Length; i++)
            sum += Sine(Turns(i, p));
        return Sum(sum) * _amplitude;
    }

    /// <summary>The value, and its gradient per mm.</summary>
    public float Value(Vector3 p, out Vector3 gradient)
    {
        var (sum, x, y, z) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (var i = 0; i < _x.Length; i++)
        {
            var turns = Turns(i, p);
            sum += Sine(turns);
            var slope = Sine(turns + Vector256.Create(0.25f));
            x += slope * _x[i];
            y += slope * _y[i];
            z += slope * _z[i];
        }
        gradient = new Vector3(Sum(x), Sum(y), Sum(z)) * (_amplitude * MathF.Tau);
        return Sum(sum) * _amplitude;
    }

    /// <summary>sin(2 pi t) to 0.1 %, from a parabola and its square; fast, and the same bits everywhere.</summary>
    internal static Vector256<float> Sine(Vector256<float> turns)
    {
        turns -= Vector256.Floor(turns + Vector256.Create(0.5f));
        var y = (turns * 8f) - (turns * Vector256.Abs(turns) * 16f);
        return (y * 0.775f) + (y * Vector256.Abs(y) * 0.225f);
    }

    /// <summary>A sum in a fixed order, so that it is the same on every processor.</summary>
    internal static float Sum(Vector256<float> v)
    {
        var four = v.GetLower() + v.GetUpper();
        return four[0] + four[1] + (four[2] + four[3]);
    }

    internal static Vector256<float>[] Eights(Vector4[] waves, Func<Vector4, float> part) =>
        [.. waves.Select(part).Chunk(8).Select(eight => Vector256.Create(eight))];

    private Vector256<float> Turns(int i, Vector3 p) => (_x[i] * p.X) + (_y[i] * p.Y) + (_z[i] * p.Z) + _phase[i];
}
