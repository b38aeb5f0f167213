namespace Gateway.Imaging;

/// <summary>A displacement for every voxel of a grid, in voxels of that grid: p goes to p + u(p).</summary>
public sealed class DisplacementField3D
{
    /// <summary>No displacement.</summary>
    /// <param name="width">Voxels along the first index.</param>
    /// <param name="height">Voxels along the second index.</param>
    /// <param name="depth">Voxels along the third index.</param>
    public DisplacementField3D(int width, int height, int depth)
    {
        (Width, Height, Depth) = (width, height, depth);
        Axes = [.. Enumerable.Range(0, 3).Select(_ => new float[checked(width * height * depth)])];
    }

    public int Width { get; }

    public int Height { get; }

    public int Depth { get; }

    /// <summary>Along the first index, which runs fastest.</summary>
    public float[] X => Axes[0];

    /// <summary>Along the second index.</summary>
    public float[] Y => Axes[1];

    /// <summary>Along the third index.</summary>
    public float[] Z => Axes[2];

    internal float[][] Axes { get; }

    /// <summary>The displacement at a place between voxels, trilinear; outside, that of the nearest border.</summary>
    public Vector3D At(Vector3D p)
    {
        var (x, y, z) = (Math.Clamp(p.X, 0, Width - 1), Math.Clamp(p.Y, 0, Height - 1), Math.Clamp(p.Z, 0, Depth - 1));
        var (i, j, k) = (Math.Min((int)x, Width - 2), Math.Min((int)y, Height - 2), Math.Min((int)z, Depth - 2));
        var (a, b, c) = ((float)(x - i), (float)(y - j), (float)(z - k));
        var at = (k * Height + j) * Width + i;
        return new(Mix(X, at, a, b, c), Mix(Y, at, a, b, c), Mix(Z, at, a, b, c));
    }

    private float Mix(float[] u, int at, float a, float b, float c)
    {
        var (row, plane) = (Width, Width * Height);
        var near = u[at] + a * (u[at + 1] - u[at]);
        var below = u[at + row] + a * (u[at + row + 1] - u[at + row]);
        var behind = u[at + plane] + a * (u[at + plane + 1] - u[at + plane]);
        var far = u[at + plane + row] + a * (u[at + plane + row + 1] - u[at + plane + row]);
        var (front, back) = (near + b * (below - near), behind + b * (far - behind));
        return front + c * (back - front);
    }

    /// <summary>The field w that undoes this one, p + w + u(p + w) = p, by fixed point w = -u(p + w).</summary>
    /// <param name="iterations">Most rounds; it ends when nothing moves by more than 0.002 voxels.</param>
    public DisplacementField3D Inverse(int iterations = 30)
    {
        var inverse = new DisplacementField3D(Width, Height, Depth);
        Parallel.For(0, Depth, z =>
        {
            for (var at = z * Width * Height; at < (z + 1) * Width * Height; at++)
            {
                var p = Place(at);
                var w = -At(p);
                for (var i = 1; i < iterations; i++)
                {
                    var next = -At(p + w);
                    var moved = (next - w).Length;
                    w = next;
                    if (moved < 0.002)
                        break;
                }
                (inverse.X[at], inverse.Y[at], inverse.Z[at]) = ((float)w.X, (float)w.Y, (float)w.Z);
            }
        });
        return inverse;
    }

    /// <summary>Length of u(p + w(p)) + w(p) over all voxels, in voxels: 0 where <paramref name="inverse"/> undoes this field.</summary>
    public (double Mean, double Largest) InverseError(DisplacementField3D inverse)
    {
        var planes = new (double Sum, double Largest)[Depth];
        Parallel.For(0, Depth, z =>
        {
            for (var at = z * Width * Height; at < (z + 1) * Width * Height; at++)
            {
                var w = new Vector3D(inverse.X[at], inverse.Y[at], inverse.Z[at]);
                var error = (At(Place(at) + w) + w).Length;
                planes[z] = (planes[z].Sum + error, Math.Max(planes[z].Largest, error));
            }
        });
        return (planes.Sum(plane => plane.Sum) / X.Length, planes.Max(plane => plane.Largest));
    }

    /// <summary>Change of volume at a voxel not on the border, by central differences: 1 where nothing is moved, 0 or less where space folds.</summary>
    public double Jacobian(int x, int y, int z)
    {
        var at = (z * Height + y) * Width + x;
        var (dx, dy, dz) = (Slope(at, 1), Slope(at, Width), Slope(at, Width * Height));
        return (dx + new Vector3D(1, 0, 0)).Cross(dy + new Vector3D(0, 1, 0)).Dot(dz + new Vector3D(0, 0, 1));
    }

    /// <summary>Smallest and largest Jacobian and the part of the voxels where it is 0 or less, borders left out.</summary>
    public (double Smallest, double Largest, double Folded) Jacobians()
    {
        var (smallest, largest, folded, count) = (double.MaxValue, double.MinValue, 0L, 0L);
        for (var z = 1; z < Depth - 1; z++)
        {
            for (var y = 1; y < Height - 1; y++)
            {
                for (var x = 1; x < Width - 1; x++, count++)
                {
                    var j = Jacobian(x, y, z);
                    (smallest, largest, folded) = (Math.Min(smallest, j), Math.Max(largest, j), folded + (j <= 0 ? 1 : 0));
                }
            }
        }
        return (smallest, largest, folded / (double)count);
    }

    private Vector3D Slope(int at, int step) =>
        new Vector3D(X[at + step] - X[at - step], Y[at + step] - Y[at - step], Z[at + step] - Z[at - step]) / 2;

    private Vector3D Place(int at) => new(at % Width, at / Width % Height, at / (Width * Height));
}
