using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>
/// What one evaluation of a linear map adds up over the voxels that both volumes hold: enough for the NCC and for the normal equations of
/// fixed(p) = gain moving(map(p)) + offset in the map's twelve numbers, gain and offset. In double; rows are added in their order.
/// </summary>
internal sealed class LinearSums
{
    /// <summary>Gradient component times coordinate (x, y, z, 1), then the moving value, then 1.</summary>
    public const int Columns = 14;

    public double[] Normal { get; } = new double[Columns * Columns];

    public double[] Right { get; } = new double[Columns];

    private double _fixedSum;
    private double _fixedSquares;

    public double Count => Normal[^1];

    /// <summary>Correlation over the common voxels, -1..1; 0 where one of the two has no extent.</summary>
    public double Ncc
    {
        get
        {
            var (n, m, mm) = (Math.Max(1, Count), Normal[12 * Columns + 13], Normal[12 * Columns + 12]);
            var (varF, varM, covariance) = (_fixedSquares - _fixedSum * _fixedSum / n, mm - m * m / n, Right[12] - _fixedSum * m / n);
            return varF * varM > 1e-12 ? covariance / Math.Sqrt(varF * varM) : 0;
        }
    }

    /// <summary>Least squares gain and offset of the moving values.</summary>
    public (double Gain, double Offset) Gain
    {
        get
        {
            var (n, m, mm) = (Math.Max(1, Count), Normal[12 * Columns + 13], Normal[12 * Columns + 12]);
            var varM = mm - m * m / n;
            var gain = varM > 1e-9 ? (Right[12] - _fixedSum * m / n) / varM : 0;
            return (gain, (_fixedSum - gain * m) / n);
        }
    }

    public void Add(LinearSums other)
    {
        for (var i = 0; i < Normal.Length; i++)
            Normal[i] += other.Normal[i];
        for (var i = 0; i < Right.Length; i++)
            Right[i] += other.Right[i];
        (_fixedSum, _fixedSquares) = (_fixedSum + other._fixedSum, _fixedSquares + other._fixedSquares);
    }

    /// <summary>Adds one row of voxels, whose coordinates are <paramref name="start"/> + x <paramref name="step"/>.</summary>
    /// <param name="s">The row's sums, see <see cref="RowSums"/>.</param>
    /// <param name="start">Coordinates where x is 0.</param>
    /// <param name="step">Change of the coordinates with x.</param>
    public void AddRow(ReadOnlySpan<double> s, Vector3D start, Vector3D step)
    {
        ReadOnlySpan<double> a = [start.X, start.Y, start.Z, 1], b = [step.X, step.Y, step.Z, 0];
        var pair = 0;
        for (var i = 0; i < 3; i++)
        {
            for (var k = i; k < 3; k++, pair += 3)
                for (var j = 0; j < 4; j++)
                    for (var l = 0; l < 4; l++)
                        Normal[(i * 4 + j) * Columns + k * 4 + l] += s[pair] * a[j] * a[l] + s[pair + 1] * (a[j] * b[l] + b[j] * a[l])
                            + s[pair + 2] * b[j] * b[l];
            for (var j = 0; j < 4; j++)
            {
                Right[i * 4 + j] += s[18 + i] * a[j] + s[21 + i] * b[j];
                Normal[(i * 4 + j) * Columns + 12] += s[24 + i] * a[j] + s[27 + i] * b[j];
                Normal[(i * 4 + j) * Columns + 13] += s[30 + i] * a[j] + s[33 + i] * b[j];
            }
        }
        (_fixedSum, _fixedSquares) = (_fixedSum + s[36], _fixedSquares + s[37]);
        Right[12] += s[38];
        Right[13] += s[36];
        Normal[12 * Columns + 12] += s[39];
        Normal[12 * Columns + 13] += s[40];
        Normal[13 * Columns + 13] += s[41];
    }

    /// <summary>Below the diagonal as above it.</summary>
    public void Mirror()
    {
        for (var i = 0; i < Columns; i++)
            for (var j = 0; j < i; j++)
                Normal[i * Columns + j] = Normal[j * Columns + i];
    }

    /// <summary>The same sums in other columns: T normal Tᵀ and T right.</summary>
    public LinearSums Transformed(double[] matrix)
    {
        var (result, half) = (new LinearSums { _fixedSum = _fixedSum, _fixedSquares = _fixedSquares }, new double[Columns * Columns]);
        Multiply(matrix, Normal, half, transposed: false);
        Multiply(half, matrix, result.Normal, transposed: true);
        for (var i = 0; i < Columns; i++)
            for (var j = 0; j < Columns; j++)
                result.Right[i] += matrix[i * Columns + j] * Right[j];
        return result;
    }

    private static void Multiply(double[] a, double[] b, double[] result, bool transposed)
    {
        for (var i = 0; i < Columns; i++)
            for (var j = 0; j < Columns; j++)
                for (var k = 0; k < Columns; k++)
                    result[i * Columns + j] += a[i * Columns + k] * (transposed ? b[j * Columns + k] : b[k * Columns + j]);
    }
}
