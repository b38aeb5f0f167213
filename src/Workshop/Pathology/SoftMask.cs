using System.Numerics;

namespace Gateway.Workshop.Pathology;

/// <summary>Shares 0..1 of the voxels in a box of a grid; 0 outside the box.</summary>
/// <param name="start">First voxel of the box.</param>
/// <param name="size">Voxels along each axis.</param>
/// <param name="values">The shares, x fastest.</param>
public sealed class SoftMask((int X, int Y, int Z) start, (int X, int Y, int Z) size, float[] values)
{
    public (int X, int Y, int Z) Start { get; } = start;

    public (int X, int Y, int Z) Size { get; } = size;

    public float[] Values { get; } = values;

    /// <summary>The share of a voxel of the grid.</summary>
    public float this[int x, int y, int z] =>
        (uint)(x - Start.X) < (uint)Size.X && (uint)(y - Start.Y) < (uint)Size.Y && (uint)(z - Start.Z) < (uint)Size.Z
            ? Values[(((z - Start.Z) * Size.Y) + (y - Start.Y)) * Size.X + (x - Start.X)]
            : 0;

    /// <summary>The share at a point between voxels of the grid, interpolated.</summary>
    public float At(Vector3 voxel)
    {
        var (x, y, z) = ((int)MathF.Floor(voxel.X), (int)MathF.Floor(voxel.Y), (int)MathF.Floor(voxel.Z));
        var (u, v, w) = (voxel.X - x, voxel.Y - y, voxel.Z - z);
        return ((1 - w) * Plane(z)) + (w > 0 ? w * Plane(z + 1) : 0);

        float Plane(int k) =>
            (1 - v) * ((1 - u) * this[x, y, k] + u * this[x + 1, y, k]) + v * ((1 - u) * this[x, y + 1, k] + u * this[x + 1, y + 1, k]);
    }

    /// <summary>The sum of the shares of one slice of the grid, in voxels.</summary>
    public float SumOf(int z)
    {
        var (plane, sum) = (z - Start.Z, 0f);
        if (plane < 0 || plane >= Size.Z)
            return 0;
        foreach (var value in Values.AsSpan(plane * Size.X * Size.Y, Size.X * Size.Y))
            sum += value;
        return sum;
    }
}
