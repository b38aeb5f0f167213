using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>
/// Uniform cubic B-splines over a volume with one control point per four or two voxels of its level along each axis, and one more beyond
/// every face. Knots lie on voxel faces.
/// </summary>
internal sealed class SplineLattice3D
{
    private readonly Vector128<float>[] _quads;
    private readonly Vector256<float>[] _taps;

    /// <param name="width">Voxels of the level, a multiple of 8.</param>
    /// <param name="height">Of the level.</param>
    /// <param name="depth">Of the level.</param>
    /// <param name="spacing">Voxels between two control points: 4 or 2.</param>
    public SplineLattice3D(int width, int height, int depth, int spacing)
    {
        if (width % 8 != 0)
            throw new ArgumentException($"A lattice's rows have a multiple of 8 voxels, not {width}.", nameof(width));
        (Width, Height, Depth, Spacing) = (width, height, depth, spacing);
        (Columns, Rows, Layers) = (PointsAlong(width), PointsAlong(height), PointsAlong(depth));
        Weights = [.. Enumerable.Range(0, 4 * spacing).Select(i => (float)Basis(i % 4, (i / 4 + 0.5) / spacing))];
        // Four neighbouring voxels lie between 4 / spacing + 3 control points.
        _quads = [.. Enumerable.Range(0, 4 / spacing + 3).Select(t => Vector128.Create(Quad(t, 0), Quad(t, 1), Quad(t, 2), Quad(t, 3)))];
        // A control point is seen by four spans of voxels.
        float[] taps = [.. Enumerable.Range(0, 4 * spacing).Select(i => Weights[i % spacing * 4 + 3 - i / spacing])];
        _taps = [.. Enumerable.Range(0, spacing / 2).Select(i => Vector256.Create(taps, 8 * i))];

        float Quad(int t, int voxel) => t - voxel / spacing is >= 0 and < 4 and var own ? Weights[voxel % spacing * 4 + own] : 0;
    }

    /// <summary>Voxels of the level between two control points.</summary>
    public int Spacing { get; }

    /// <summary>Weight of control point k + t at voxel spacing k + phase: index 4 phase + t.</summary>
    public float[] Weights { get; }

    public int Width { get; }

    public int Height { get; }

    public int Depth { get; }

    /// <summary>Control points along a row.</summary>
    public int Columns { get; }

    /// <summary>Rows of control points in a layer.</summary>
    public int Rows { get; }

    public int Layers { get; }

    public int Points => Columns * Rows * Layers;

    /// <summary>Stacks of planes between two layers of knots.</summary>
    public int Slabs => Layers - 3;

    /// <summary>Rows of control points, each at every voxel's place along x.</summary>
    public void Widen(ReadOnlySpan<float> points, Span<float> wide)
    {
        for (var row = 0; row < points.Length / Columns; row++)
        {
            var from = points.Slice(row * Columns, Columns);
            var to = MemoryMarshal.Cast<float, Vector128<float>>(wide.Slice(row * Width, Width));
            for (var k = 0; k < to.Length; k++)
            {
                var sum = _quads[0] * from[k * 4 / Spacing];
                for (var t = 1; t < _quads.Length; t++)
                    sum += _quads[t] * from[k * 4 / Spacing + t];
                to[k] = sum;
            }
        }
    }

    /// <summary>The transpose of <see cref="Widen"/>.</summary>
    public void Narrow(ReadOnlySpan<float> wide, Span<float> points)
    {
        Span<float> padded = stackalloc float[Width + 6 * Spacing];
        padded.Clear();
        for (var row = 0; row < points.Length / Columns; row++)
        {
            wide.Slice(row * Width, Width).CopyTo(padded[(3 * Spacing)..]);
            ref var from = ref MemoryMarshal.GetReference(padded);
            for (var column = 0; column < Columns; column++)
            {
                var sum = Vector256.LoadUnsafe(ref from, (nuint)(column * Spacing)) * _taps[0];
                if (_taps.Length > 1)
                    sum += Vector256.LoadUnsafe(ref from, (nuint)(column * Spacing + 8)) * _taps[1];
                points[row * Columns + column] = Vector256.Sum(sum);
            }
        }
    }

    /// <summary>The same curves on another lattice over the same volume: exact where they are cubic, else to the fourth order.</summary>
    /// <param name="points">Of this lattice, one component.</param>
    /// <param name="other">The other one.</param>
    /// <param name="ratio">The distance of its points in this one's, along x, y and z.</param>
    /// <param name="result">Its points.</param>
    public void Convert(ReadOnlySpan<float> points, SplineLattice3D other, Vector3D ratio, Span<float> result)
    {
        var wide = Multiply(Matrix(Columns, other.Columns, ratio.X), points, Columns, 1);
        var tall = Multiply(Matrix(Rows, other.Rows, ratio.Y), wide, Rows, other.Columns);
        Multiply(Matrix(Layers, other.Layers, ratio.Z), tall, Layers, other.Columns * other.Rows).CopyTo(result);
    }

    private int PointsAlong(int voxels) => (voxels + Spacing - 1) / Spacing + 3;

    /// <summary>Weight of the t-th control point at x of the way between two knots; beyond them, that of the same cubic.</summary>
    private static double Basis(int t, double x) => t switch
    {
        0 => (1 - x) * (1 - x) * (1 - x) / 6,
        1 => (3 * x * x * x - 6 * x * x + 4) / 6,
        2 => (-3 * x * x * x + 3 * x * x + 3 * x + 1) / 6,
        _ => x * x * x / 6,
    };

    /// <summary>Row i: the i-th point of the new lattice from those of the old one, its value there less a sixth of its second
    /// difference.</summary>
    private static float[] Matrix(int from, int to, double ratio)
    {
        var matrix = new float[to * from];
        for (var i = 0; i < to; i++)
        {
            foreach (var (knot, weight) in (ReadOnlySpan<(int, double)>)[(i - 2, -1 / 6.0), (i - 1, 4 / 3.0), (i, -1 / 6.0)])
            {
                var at = knot * ratio;
                var k = Math.Clamp((int)Math.Floor(at), 0, from - 4);
                for (var t = 0; t < 4; t++)
                    matrix[i * from + k + t] += (float)(weight * Basis(t, at - k));
            }
        }
        return matrix;
    }

    /// <summary>The matrix applied along one axis of <paramref name="from"/> points, <paramref name="stride"/> values from one to the
    /// next.</summary>
    private static float[] Multiply(float[] matrix, ReadOnlySpan<float> values, int from, int stride)
    {
        var (to, blocks) = (matrix.Length / from, values.Length / (from * stride));
        var result = new float[blocks * to * stride];
        for (var row = 0; row < blocks * to; row++)
        {
            for (var j = 0; j < from; j++)
            {
                if (matrix[row % to * from + j] is var weight && weight != 0)
                    for (var k = 0; k < stride; k++)
                        result[row * stride + k] += weight * values[(row / to * from + j) * stride + k];
            }
        }
        return result;
    }
}
