using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gateway.Imaging.Registration;

/// <summary>
/// Uniform cubic B-splines with one control point per four pixels of their level, and one more beyond every edge. Knots lie on pixel edges.
/// Therefore every level has the same four phases, 1/8, 3/8, 5/8 and 7/8, and the next finer lattice can hold exactly the same curve.
/// </summary>
internal sealed class SplineLattice
{
    /// <summary>Pixels of the level between two control points.</summary>
    public const int Spacing = 4;

    // [t][p]: weight of control point k + t at pixel 4 k + p.
    private static readonly Vector128<float>[] Weights = [
        .. Enumerable.Range(0, 4).Select(t => Vector128.Create(Basis(t, 0), Basis(t, 1), Basis(t, 2), Basis(t, 3)))];

    /// <param name="width">Pixels of the level, a multiple of 4.</param>
    /// <param name="height">Pixels of the level, a multiple of 4.</param>
    public SplineLattice(int width, int height)
    {
        if (width % Spacing != 0 || height % Spacing != 0)
            throw new ArgumentException($"A lattice's level has sides divisible by {Spacing}, not {width} x {height}.");
        (PixelWidth, PixelHeight, Columns, Rows) = (width, height, width / Spacing + 3, height / Spacing + 3);
    }

    public int PixelWidth { get; }

    public int PixelHeight { get; }

    /// <summary>Control points along a row.</summary>
    public int Columns { get; }

    public int Rows { get; }

    public int Points => Columns * Rows;

    /// <summary>Weight of the t-th control point from the left at one of the four pixels between two knots.</summary>
    public static float Basis(int t, int pixel)
    {
        var x = (pixel + 0.5f) / Spacing;
        return t switch
        {
            0 => (1 - x) * (1 - x) * (1 - x) / 6,
            1 => (3 * x * x * x - 6 * x * x + 4) / 6,
            2 => (-3 * x * x * x + 3 * x * x + 3 * x + 1) / 6,
            _ => x * x * x / 6,
        };
    }

    /// <summary>Evaluates every row of control points at the column of every pixel.</summary>
    /// <param name="points">Control points, row-major.</param>
    /// <param name="wide"><see cref="Rows"/> x <see cref="PixelWidth"/>.</param>
    public void Widen(ReadOnlySpan<float> points, Span<float> wide)
    {
        for (var row = 0; row < Rows; row++)
        {
            var from = points.Slice(row * Columns, Columns);
            var to = MemoryMarshal.Cast<float, Vector128<float>>(wide.Slice(row * PixelWidth, PixelWidth));
            for (var k = 0; k < to.Length; k++)
                to[k] = Weights[0] * from[k] + Weights[1] * from[k + 1] + Weights[2] * from[k + 2] + Weights[3] * from[k + 3];
        }
    }

    /// <summary>The transpose of <see cref="Widen"/>.</summary>
    public void Narrow(ReadOnlySpan<float> wide, Span<float> points)
    {
        points.Clear();
        for (var row = 0; row < Rows; row++)
        {
            var from = MemoryMarshal.Cast<float, Vector128<float>>(wide.Slice(row * PixelWidth, PixelWidth));
            var to = points.Slice(row * Columns, Columns);
            for (var k = 0; k < from.Length; k++)
                for (var t = 0; t < 4; t++)
                    to[k + t] += Vector128.Dot(Weights[t], from[k]);
        }
    }

    /// <summary>Evaluates one row of pixels from four widened rows.</summary>
    public void Row(ReadOnlySpan<float> wide, int y, Span<float> pixels)
    {
        var rows = MemoryMarshal.Cast<float, Vector256<float>>(wide.Slice(y / Spacing * PixelWidth, 4 * PixelWidth));
        var to = MemoryMarshal.Cast<float, Vector256<float>>(pixels);
        var (a, b, c, d) = (Basis(0, y % Spacing), Basis(1, y % Spacing), Basis(2, y % Spacing), Basis(3, y % Spacing));
        var n = to.Length;
        for (var i = 0; i < n; i++)
            to[i] = rows[i] * a + rows[i + n] * b + rows[i + 2 * n] * c + rows[i + 3 * n] * d;
    }

    /// <summary>The transpose of <see cref="Row"/>: adds a row of pixels to four widened rows.</summary>
    public void AddRow(ReadOnlySpan<float> pixels, int y, Span<float> wide)
    {
        var rows = MemoryMarshal.Cast<float, Vector256<float>>(wide.Slice(y / Spacing * PixelWidth, 4 * PixelWidth));
        var from = MemoryMarshal.Cast<float, Vector256<float>>(pixels);
        var (a, b, c, d) = (Basis(0, y % Spacing), Basis(1, y % Spacing), Basis(2, y % Spacing), Basis(3, y % Spacing));
        var n = from.Length;
        for (var i = 0; i < n; i++)
        {
            rows[i] += from[i] * a;
            rows[i + n] += from[i] * b;
            rows[i + 2 * n] += from[i] * c;
            rows[i + 3 * n] += from[i] * d;
        }
    }

    /// <summary>The same surface, exactly, on the lattice of the next finer level (twice the pixels each way).</summary>
    public void Refine(ReadOnlySpan<float> points, SplineLattice finer, Span<float> result)
    {
        var tall = new float[finer.Rows * Columns];
        for (var row = 0; row < finer.Rows; row++)
            for (var column = 0; column < Columns; column++)
                tall[row * Columns + column] = Halfway(points[column..], row, Columns);
        for (var row = 0; row < finer.Rows; row++)
            for (var column = 0; column < finer.Columns; column++)
                result[row * finer.Columns + column] = Halfway(tall.AsSpan(row * Columns), column, 1);
    }

    /// <summary>Subdivision of a cubic B-spline: (1 6 1)/8 on an old knot, (1 1)/2 between two.</summary>
    private static float Halfway(ReadOnlySpan<float> points, int fine, int stride)
    {
        var left = fine / 2 * stride;
        return fine % 2 == 0
            ? (points[left] + points[left + stride]) / 2
            : (points[left] + 6 * points[left + stride] + points[left + 2 * stride]) / 8;
    }
}
