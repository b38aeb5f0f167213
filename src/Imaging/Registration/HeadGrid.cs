using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Registration;

/// <summary>A head's grey values, [0, 1], on a cubic grid. Beside and above the grid lies air; what lies below it is not known.</summary>
/// <param name="Width">Voxels along x, to the patient's left; it runs fastest.</param>
/// <param name="Height">Voxels along y, to the back.</param>
/// <param name="Depth">Voxels along z, to the head.</param>
/// <param name="Step">Side of a voxel, mm.</param>
/// <param name="Origin">Centre of the first voxel, mm.</param>
/// <param name="Values">Width x height x depth.</param>
internal sealed record HeadGrid(int Width, int Height, int Depth, double Step, Vector3D Origin, float[] Values)
{
    /// <summary>Means of eight voxels each; odd ends are left out.</summary>
    public HeadGrid Halved()
    {
        var half = new HeadGrid(
            Width / 2, Height / 2, Depth / 2, 2 * Step, Origin + new Vector3D(Step / 2, Step / 2, Step / 2),
            new float[(Width / 2) * (Height / 2) * (Depth / 2)]);
        for (var i = 0; i < half.Values.Length; i++)
        {
            var (x, y, z) = (2 * (i % half.Width), 2 * (i / half.Width % half.Height), 2 * (i / half.Width / half.Height));
            for (var corner = 0; corner < 8; corner++)
                half.Values[i] += Values[At(x + (corner & 1), y + ((corner >> 1) & 1), z + (corner >> 2))] / 8;
        }
        return half;
    }

    public int At(int x, int y, int z) => (z * Height + y) * Width + x;

    /// <summary>Millimetres to voxels, centres at whole numbers.</summary>
    public AffineTransform3D ToVoxels => new(new(1 / Step, 0, 0), new(0, 1 / Step, 0), new(0, 0, 1 / Step), Origin / -Step);

    /// <summary>Linear interpolation at a position in voxels.</summary>
    /// <returns>Value and slope a voxel; air outside; NaN below the grid.</returns>
    public (float Value, float X, float Y, float Z) Sample(float x, float y, float z)
    {
        if (z < 0)
            return (float.NaN, 0, 0, 0);
        if (!(x >= 0 && y >= 0 && x < Width - 1 && y < Height - 1 && z < Depth - 1))
            return default;
        var (column, row, plane) = ((int)x, (int)y, (int)z);
        var (fx, fy, fz) = (x - column, y - row, z - plane);
        var lower = Values.AsSpan(At(column, row, plane), Width + 2);
        var upper = Values.AsSpan(At(column, row, plane + 1), Width + 2);
        var (d0, d1, d2, d3) = (lower[1] - lower[0], lower[^1] - lower[^2], upper[1] - upper[0], upper[^1] - upper[^2]);
        var (p0, p1, p2, p3) = (lower[0] + fx * d0, lower[^2] + fx * d1, upper[0] + fx * d2, upper[^2] + fx * d3);
        var (below, above) = (p0 + fy * (p1 - p0), p2 + fy * (p3 - p2));
        var (across, down) = (d0 + fy * (d1 - d0), p1 - p0);
        return (
            below + fz * (above - below),
            across + fz * (d2 + fy * (d3 - d2) - across),
            down + fz * (p3 - p2 - down),
            above - below);
    }
}
