using Gateway.Imaging.Registration;
using Gateway.Imaging.Volumes;

namespace Gateway.VolumeRegistration;

/// <summary>The ways in which a linear map may change, as combinations of its twelve numbers, and steps along them.</summary>
internal static class LinearDirections
{
    private const int Columns = LinearSums.Columns;

    /// <summary>Generators of the linear part's change (row-major 3 x 3): turns about x, y, z; then one scale, three, or nothing for all
    /// nine entries.</summary>
    private static readonly double[][] Turns =
        [[0, 0, 0, 0, 0, -1, 0, 1, 0], [0, 0, 1, 0, 0, 0, -1, 0, 0], [0, -1, 0, 1, 0, 0, 0, 0, 0]];

    private static readonly double[][] Scales = [[1, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 1]];

    private static double[][] Generators(LinearFreedom freedom) => freedom switch
    {
        LinearFreedom.Similarity => [.. Turns, [1, 0, 0, 0, 1, 0, 0, 0, 1]],
        LinearFreedom.ThreeScales => [.. Turns, .. Scales],
        _ => [.. Enumerable.Range(0, 9).Select(i => Enumerable.Range(0, 9).Select(j => i == j ? 1.0 : 0).ToArray())],
    };

    /// <summary>Each direction as a change of the columns of <see cref="LinearSums"/>: generator times linear part, then three shifts.
    /// Scales act before the map (along the fixed patient's axes), everything else after it.</summary>
    public static double[][] Of(LinearFreedom freedom, AffineTransform3D map)
    {
        var linear = Rows(map);
        var changes = Generators(freedom).Select(
            (generator, i) => freedom == LinearFreedom.ThreeScales && i >= 3 ? Product(linear, generator) : Product(generator, linear));
        return
        [
            .. changes.Select(change => Enumerable.Range(0, 12).Select(c => c % 4 == 3 ? 0 : change[c / 4 * 3 + c % 4]).ToArray()),
            .. Enumerable.Range(0, 3).Select(axis => Enumerable.Range(0, 12).Select(c => c == axis * 4 + 3 ? 1.0 : 0).ToArray()),
        ];
    }

    /// <summary>The map after a step: turns and scales as such, so that a similarity stays one.</summary>
    public static AffineTransform3D Apply(LinearFreedom freedom, AffineTransform3D map, Vector3D centre, double[] step, double radius)
    {
        var linear = map with { Origin = default };
        var shift = new Vector3D(step[^3], step[^2], step[^1]) + map.Apply(centre) - centre;
        if (freedom == LinearFreedom.Affine)
        {
            var change = new double[9];
            for (var i = 0; i < 9; i++)
                change[i] = step[i] / radius;
            var product = Product(
                [1 + change[0], change[1], change[2], change[3], 1 + change[4], change[5], change[6], change[7], 1 + change[8]], Rows(map));
            return AffineTransform3D.About(centre, Column(product, 0), Column(product, 1), Column(product, 2), shift);
        }
        var turned = linear.Then(AffineTransform3D.Rotation(new Vector3D(step[0], step[1], step[2]) / radius, default));
        var (x, y, z) = freedom == LinearFreedom.Similarity ? (step[3], step[3], step[3]) : (step[3], step[4], step[5]);
        return AffineTransform3D.About(
            centre, turned.X * Math.Exp(x / radius), turned.Y * Math.Exp(y / radius), turned.Z * Math.Exp(z / radius), shift);
    }

    /// <summary>The damped Gauss-Newton step along the directions; gain and offset are solved with it.</summary>
    public static double[] Solve(LinearSums sums, double[][] directions, double damping)
    {
        var (gain, offset) = sums.Gain;
        var size = directions.Length + 2;
        var basis = new double[size][];
        for (var i = 0; i < size; i++)
        {
            basis[i] = new double[Columns];
            for (var c = 0; c < 12 && i < directions.Length; c++)
                basis[i][c] = gain * directions[i][c];
            if (i >= directions.Length)
                basis[i][12 + i - directions.Length] = 1;
        }
        var (normal, right) = (new double[size, size], new double[size]);
        for (var i = 0; i < size; i++)
        {
            var product = Times(sums.Normal, basis[i]);
            for (var j = 0; j < size; j++)
                normal[i, j] = Dot(product, basis[j]);
            right[i] = Dot(sums.Right, basis[i]) - gain * product[12] - offset * product[13];
            normal[i, i] = normal[i, i] * (1 + damping) + 1e-9;
        }
        Cholesky.Solve(normal, right);
        return right[..directions.Length];
    }

    /// <summary>Slopes were taken along the moving volume's indices; here along the patient's axes.</summary>
    public static LinearSums InPatient(LinearSums sums, AffineTransform3D toMoving)
    {
        var turn = Rows(toMoving);
        var full = new double[Columns * Columns];
        for (var a = 0; a < 3; a++)
            for (var i = 0; i < 3; i++)
                for (var j = 0; j < 4; j++)
                    full[(a * 4 + j) * Columns + i * 4 + j] = turn[i * 3 + a];
        full[12 * Columns + 12] = full[13 * Columns + 13] = 1;
        return sums.Transformed(full);
    }

    private static double[] Rows(AffineTransform3D map) =>
        [map.X.X, map.Y.X, map.Z.X, map.X.Y, map.Y.Y, map.Z.Y, map.X.Z, map.Y.Z, map.Z.Z];

    private static Vector3D Column(double[] rows, int column) => new(rows[column], rows[3 + column], rows[6 + column]);

    private static double[] Product(double[] a, double[] b) =>
        [.. Enumerable.Range(0, 9).Select(
            i => a[i / 3 * 3] * b[i % 3] + a[i / 3 * 3 + 1] * b[3 + i % 3] + a[i / 3 * 3 + 2] * b[6 + i % 3])];

    private static double[] Times(double[] matrix, double[] vector) =>
        [.. Enumerable.Range(0, Columns).Select(i => Dot(matrix.AsSpan(i * Columns, Columns), vector))];

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
