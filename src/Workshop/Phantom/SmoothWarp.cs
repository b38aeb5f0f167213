using System.Numerics;
using System.Runtime.Intrinsics;

namespace Gateway.Workshop.Phantom;

/// <summary>A smooth random displacement of space: eight plane waves, each of which displaces in one direction.</summary>
internal sealed class SmoothWarp
{
    private readonly Vector256<float>[] _wave;   // x, y, z in cycles per mm; phase in turns
    private readonly Vector256<float>[] _push;   // x, y, z in mm

    /// <param name="random">The anatomy's random stream.</param>
    /// <param name="amplitude">Standard deviation of the displacement along each axis, mm.</param>
    /// <param name="shortest">Shortest wave, mm.</param>
    /// <param name="longest">Longest wave, mm.</param>
    public SmoothWarp(PhantomRandom random, float amplitude, float shortest, float longest)
    {
        var (waves, pushes) = (new Vector4[8], new Vector4[8]);
        for (var i = 0; i < 8; i++)
        {
            waves[i] = new Vector4(random.Direction() / random.Uniform(shortest, longest), random.Uniform(0, 1));
            pushes[i] = new Vector4(random.Direction() * amplitude * MathF.Sqrt(6f / 8), 0);
        }
        _wave = [.. Enumerable.Range(0, 4).Select(axis => WaveNoise.Eights(waves, w => w[axis])[0])];
        _push = [.. Enumerable.Range(0, 3).Select(axis => WaveNoise.Eights(pushes, w => w[axis])[0])];
    }

    public Vector3 Apply(Vector3 p)
    {
        var wave = WaveNoise.Sine((_wave[0] * p.X) + (_wave[1] * p.Y) + (_wave[2] * p.Z) + _wave[3]);
        return p + new Vector3(WaveNoise.Sum(wave * _push[0]), WaveNoise.Sum(wave * _push[1]), WaveNoise.Sum(wave * _push[2]));
    }
}
