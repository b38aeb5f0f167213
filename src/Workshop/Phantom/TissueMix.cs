using System.Numerics;
using System.Runtime.InteropServices;

namespace Gateway.Workshop.Phantom;

/// <summary>Fractions of all tissues in one voxel, painted from the outside of the head to the inside.</summary>
internal readonly ref struct TissueMix
{
    public const int Count = 16;

    private readonly Span<float> _fractions;
    private readonly float _perWidth;

    /// <param name="fractions">16 values, index = <see cref="Tissue"/>; set to air.</param>
    /// <param name="width">Distance in mm over which an edge is spread: the size of a voxel.</param>
    public TissueMix(Span<float> fractions, float width)
    {
        _fractions = fractions;
        _perWidth = 1 / width;
        fractions.Clear();
        fractions[(int)Tissue.Air] = 1;
    }

    /// <summary>Covers the earlier tissues with one whose surface is <paramref name="distance"/> mm away (negative: inside it).</summary>
    public void Over(Tissue tissue, float distance, float opacity = 1)
    {
        var cover = Math.Clamp(0.5f - (distance * _perWidth), 0f, 1f) * opacity;
        if (cover <= 0)
            return;
        var keep = 1 - cover;
        foreach (ref var four in MemoryMarshal.Cast<float, Vector4>(_fractions))
            four *= keep;
        _fractions[(int)tissue] += cover;
    }

    public static Tissue Largest(ReadOnlySpan<float> fractions)
    {
        var best = 0;
        for (var i = 1; i < fractions.Length; i++)
        {
            if (fractions[i] > fractions[best])
                best = i;
        }
        return (Tissue)best;
    }
}
