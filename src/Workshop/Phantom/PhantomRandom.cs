using System.Numerics;

namespace Gateway.Workshop.Phantom;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014). Implemented here, so that a seed means the same head on every runtime.</summary>
internal sealed class PhantomRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A well mixed value for a key, for noise that depends on the position and not on the order of calls.</summary>
    public static ulong Hash(ulong key)
    {
        key += 0x9E3779B97F4A7C15;
        key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9;
        key = (key ^ (key >> 27)) * 0x94D049BB133111EB;
        return key ^ (key >> 31);
    }

    /// <summary>A nearly normal deviate (mean 0, sd 1, |x| &lt; 3.5) from the four 16-bit words of a hash, without
    /// logarithm or cosine.</summary>
    public static float Normal(ulong hash)
    {
        var sum = (hash & 0xFFFF) + ((hash >> 16) & 0xFFFF) + ((hash >> 32) & 0xFFFF) + (hash >> 48);
        return (sum - 131070f) * (1.7320508f / 65536f);
    }

    public ulong Next()
    {
        var value = Hash(_state);
        _state += 0x9E3779B97F4A7C15;
        return value;
    }

    public float Uniform(float low, float high) => low + ((high - low) * ((Next() >> 40) * (1f / 16777216f)));

    public float Normal(float mean, float sd) => mean + (sd * Normal(Next()));

    public bool Chance(float probability) => Uniform(0, 1) < probability;

    /// <summary>A unit vector, uniform on the sphere.</summary>
    public Vector3 Direction()
    {
        while (true)
        {
            var v = new Vector3(Uniform(-1, 1), Uniform(-1, 1), Uniform(-1, 1));
            var length = v.Length();
            if (length is > 0.1f and <= 1f)
                return v / length;
        }
    }
}
