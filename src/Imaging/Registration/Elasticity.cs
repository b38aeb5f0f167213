namespace Gateway.Imaging.Registration;

/// <summary>
/// The energy of a deformation on a lattice of control points. Bending: squared second differences along x, along y and, counted twice,
/// mixed; a plane costs nothing. Stretching: squared first differences, so that the displacement dies out far from any contrast.
/// </summary>
/// <param name="columns">Control points along a row.</param>
/// <param name="rows">Rows of control points.</param>
/// <param name="bending">Weight of second differences.</param>
/// <param name="stretching">Weight of first differences.</param>
internal sealed class Elasticity(int columns, int rows, float bending, float stretching)
{
    private readonly float[] _slope = new float[columns * rows];

    /// <summary>Diagonal of the energy's matrix away from the border.</summary>
    public float Diagonal => 20 * bending + 4 * stretching;

    /// <summary>The energy of one component of the displacement.</summary>
    public double Energy(ReadOnlySpan<float> points)
    {
        _slope.AsSpan().Clear();
        AddSlope(points, 1, _slope);
        var sum = 0.0;
        for (var i = 0; i < points.Length; i++)
            sum += points[i] * _slope[i];
        return sum;
    }

    /// <summary>Adds half the energy's derivative, times a factor.</summary>
    public void AddSlope(ReadOnlySpan<float> points, float factor, Span<float> sums)
    {
        var (bend, stretch) = (factor * bending, factor * stretching);
        for (var row = 0; row < rows; row++)
        {
            var from = row * columns;
            Curve(points.Slice(from, columns), sums.Slice(from, columns), 1, columns - 2, bend);
            Differ(points.Slice(from, columns), sums.Slice(from, columns), 1, columns - 1, stretch);
            if (row < rows - 2)
                Curve(points[from..], sums[from..], columns, columns, bend);
            if (row < rows - 1)
            {
                Differ(points[from..], sums[from..], columns, columns, stretch);
                Twist(points[from..], sums[from..], 2 * bend);
            }
        }
    }

    private static void Curve(ReadOnlySpan<float> points, Span<float> sums, int stride, int count, float weight)
    {
        for (var i = 0; i < count; i++)
        {
            var curve = weight * (points[i] - 2 * points[i + stride] + points[i + 2 * stride]);
            sums[i] += curve;
            sums[i + stride] -= 2 * curve;
            sums[i + 2 * stride] += curve;
        }
    }

    private static void Differ(ReadOnlySpan<float> points, Span<float> sums, int stride, int count, float weight)
    {
        for (var i = 0; i < count; i++)
        {
            var difference = weight * (points[i] - points[i + stride]);
            sums[i] += difference;
            sums[i + stride] -= difference;
        }
    }

    private void Twist(ReadOnlySpan<float> points, Span<float> sums, float weight)
    {
        for (var i = 0; i < columns - 1; i++)
        {
            var twist = weight * (points[i] - points[i + 1] - points[i + columns] + points[i + columns + 1]);
            sums[i] += twist;
            sums[i + 1] -= twist;
            sums[i + columns] -= twist;
            sums[i + columns + 1] += twist;
        }
    }
}
