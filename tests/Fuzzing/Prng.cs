namespace Gateway.Fuzzing;

/// <summary>Numbers that are the same on every machine and in every version of .NET (SplitMix64): an input is named by its seed and
/// number.</summary>
public struct Prng(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The generator of input <paramref name="number"/>, which needs none of the inputs before it.</summary>
    public static Prng For(ulong seed, long number)
    {
        var mixed = new Prng(seed ^ (ulong)number * 0xD1342543DE82EF95);
        return new(mixed.Next());
    }

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to <paramref name="limit"/> - 1; 0 for a limit of 0.</summary>
    public int Below(int limit) => limit <= 0 ? 0 : (int)(Next() % (ulong)limit);
}
