using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>A displacement for every voxel of a grid, in voxels of that grid: p goes to p + u(p).</summary>
public sealed class DisplacementField3D
{
    private const int MostSteps = 50;
    private const double Still = 1e-3;

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

    /// <summary>The field w that undoes this one, p + w + u(p + w) = p, by Newton's steps; beyond the grid u is that of the nearest
    /// border.</summary>
    public DisplacementField3D Inverse()
    {
        var inverse = new DisplacementField3D(Width, Height, Depth);
        Parallel.For(0, Depth, z =>
        {
            for (var at = z * Width * Height; at < (z + 1) * Width * Height; at++)
            {
                // The neighbour's answer is a better start than none.
                var start = at % Width > 0 ? new Vector3D(inverse.X[at - 1], inverse.Y[at - 1], inverse.Z[at - 1]) : -At(Place(at));
                var w = Undo(Place(at), start);
                (inverse.X[at], inverse.Y[at], inverse.Z[at]) = ((float)w.X, (float)w.Y, (float)w.Z);
            }
        });
        return inverse;
    }

    /// <summary>w with w + u(p + w) = 0: by w = -u(p + w) while that brings it nearer fast, else by Newton's step, halved until it
    /// does.</summary>
    private Vector3D Undo(Vector3D p, Vector3D w)
    {
        var error = w + At(p + w);
        for (var i = 0; i < MostSteps && error.Length > Still; i++)
        {
            var next = w - error;
            var left = next + At(p + next);
            if (left.Length > error.Length / 2)
            {
                var step = Solve(p + w, error);
                do
                {
                    next = w - step;
                    left = next + At(p + next);
                    step /= 2;
                }
                while (left.Length >= error.Length && step.Length > Still / 10);
            }
            (w, error) = (next, left);
        }
        return w;
    }

    /// <summary>The displacement that changes p + u(p) by a vector, by u's slopes over a voxel.</summary>
    private Vector3D Solve(Vector3D p, Vector3D vector)
    {
        var x = new Vector3D(1, 0, 0) + At(p + new Vector3D(0.5, 0, 0)) - At(p - new Vector3D(0.5, 0, 0));
        var y = new Vector3D(0, 1, 0) + At(p + new Vector3D(0, 0.5, 0)) - At(p - new Vector3D(0, 0.5, 0));
        var z = new Vector3D(0, 0, 1) + At(p + new Vector3D(0, 0, 0.5)) - At(p - new Vector3D(0, 0, 0.5));
        var change = Math.Max(x.Cross(y).Dot(z), 0.05);
        return new Vector3D(vector.Dot(y.Cross(z)), vector.Dot(z.Cross(x)), vector.Dot(x.Cross(y))) / change;
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

    /// <summary>Smallest and largest change of volume, and the part of the voxels where it is 0 or less: where space folds.</summary>
    /// <param name="mask">Called with a voxel's index; false leaves it out.</param>
    public (double Smallest, double Largest, double Folded) Jacobians(Func<int, bool>? mask = null)
    {
        var (smallest, largest, folded, count) = (double.MaxValue, double.MinValue, 0L, 0L);
        var (change, row) = (new VolumeChange(Width, Height, Depth, new(1, 1, 1)), new float[Width]);
        for (var at = 0; at < X.Length; at++)
        {
            if (at % Width == 0)
                change.Row(Axes, at / Width % Height, at / (Width * Height), row);
            if (mask?.Invoke(at) == false)
                continue;
            var j = row[at % Width];
            (smallest, largest, folded, count) = (Math.Min(smallest, j), Math.Max(largest, j), folded + (j <= 0 ? 1 : 0), count + 1);
        }
        return (smallest, largest, folded / (double)count);
    }

    private Vector3D Place(int at) => new(at % Width, at / Width % Height, at / (Width * Height));
}
