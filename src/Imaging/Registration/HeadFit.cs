using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Registration;

/// <summary>
/// Levenberg-Marquardt on a similarity (turn, shift, one scale), gain and offset of point = gain mean(map(p)) + offset, over the points
/// of a volume that lie where the mean head is known. Each step raises the NCC.
/// </summary>
internal sealed class HeadFit
{
    // Turns and scale act over the radius of a head. In this unit all parameters move points about equally far.
    private const double Radius = 64;
    private const int Unknowns = 9;

    /// <summary>Height of a mean head, mm: of a longer volume that much has to lie in it.</summary>
    private const double HeadMm = 150;

    private readonly HeadPoints _points;
    private readonly HeadGrid _mean;
    private readonly double _least;
    private readonly float[] _values;
    private readonly float[] _slopes;

    public HeadFit(HeadPoints points, HeadGrid mean)
    {
        (_points, _mean) = (points, mean);
        var extent = points.Sheets[^1].Height - points.Sheets[0].Height;
        _least = 0.5 * points.Count * Math.Min(1, HeadMm / Math.Max(1, extent));
        (_values, _slopes) = (new float[points.Count], new float[3 * points.Count]);
    }

    /// <summary>Correlation over the points where the mean head is known, -1..1; -1 where these are too few.</summary>
    /// <param name="map">Patient mm to the mean head's mm.</param>
    public double Ncc(AffineTransform3D map) => Evaluate(map).Ncc;

    /// <summary>The map after at most <paramref name="iterations"/> steps, each of which raised the NCC, and that NCC.</summary>
    public (AffineTransform3D Map, double Ncc) Improve(AffineTransform3D map, int iterations, double enough = 1e-4)
    {
        var (fit, damping) = (Evaluate(map), 1e-3);
        for (var i = 0; i < iterations; i++)
        {
            var before = fit.Ncc;
            var (normal, right) = NormalEquations(map, fit);
            while (damping < 1e3)
            {
                var candidate = Changed(map, SolveDamped(normal, right, damping));
                var found = Evaluate(candidate);
                if (found.Ncc > before)
                {
                    (map, fit, damping) = (candidate, found, Math.Max(damping / 10, 1e-6));
                    break;
                }
                damping *= 10;
            }
            if (fit.Ncc - before < enough)
                break;
        }
        return (map, fit.Ncc);
    }

    private Fitted Evaluate(AffineTransform3D map)
    {
        var toVoxel = map.Then(_mean.ToVoxels);
        double n = 0, sumF = 0, sumM = 0, sumFf = 0, sumMm = 0, sumFm = 0;
        var at = 0;
        foreach (var sheet in _points.Sheets)
        {
            var (first, across, down) = (toVoxel.Apply(sheet.First), toVoxel.Direction(sheet.Across), toVoxel.Direction(sheet.Down));
            var (stepX, stepY, stepZ) = ((float)across.X, (float)across.Y, (float)across.Z);
            for (var row = 0; row < sheet.Values.Length / sheet.Width; row++)
            {
                var start = first + down * row;
                var (x, y, z) = ((float)start.X, (float)start.Y, (float)start.Z);
                for (var column = 0; column < sheet.Width; column++, at++)
                {
                    var (m, slopeX, slopeY, slopeZ) = _mean.Sample(x + column * stepX, y + column * stepY, z + column * stepZ);
                    (_values[at], _slopes[3 * at], _slopes[3 * at + 1], _slopes[3 * at + 2]) = (m, slopeX, slopeY, slopeZ);
                    if (float.IsNaN(m))
                        continue;
                    var f = sheet.Values[row * sheet.Width + column];
                    (n, sumF, sumM, sumFf, sumMm, sumFm) = (
                        n + 1, sumF + f, sumM + m, sumFf + f * f, sumMm + m * m, sumFm + f * m);
                }
            }
        }
        if (n < Math.Max(1, _least))
            return new(-1, 0, 0);
        var (varF, varM, covariance) = (sumFf - sumF * sumF / n, sumMm - sumM * sumM / n, sumFm - sumF * sumM / n);
        var gain = varM > 1e-9 ? covariance / varM : 0;
        return new(varF * varM > 1e-12 ? covariance / Math.Sqrt(varF * varM) : 0, gain, (sumF - gain * sumM) / n);
    }

    /// <summary>Unknowns: shift, turn about the points' centre, scale, gain, offset.</summary>
    private (double[,] Normal, double[] Right) NormalEquations(AffineTransform3D map, Fitted fit)
    {
        var (normal, right) = (new double[Unknowns, Unknowns], new double[Unknowns]);
        var (sums, rightSums, row) = (new float[Unknowns * Unknowns], new float[Unknowns], new float[Unknowns]);
        var centre = map.Apply(_points.Centre);
        var at = 0;
        foreach (var sheet in _points.Sheets)
        {
            var first = (map.Apply(sheet.First) - centre) / Radius;
            var (across, down) = (map.Direction(sheet.Across) / Radius, map.Direction(sheet.Down) / Radius);
            for (var line = 0; line < sheet.Values.Length / sheet.Width; line++)
            {
                var start = first + down * line;
                for (var column = 0; column < sheet.Width; column++, at++)
                {
                    if (float.IsNaN(_values[at]))
                        continue;
                    Fill(row, at, fit.Gain, start + across * column);
                    Add(sums, rightSums, row, (float)(sheet.Values[line * sheet.Width + column] - fit.Gain * _values[at] - fit.Offset));
                }
            }
            Move(sums, rightSums, normal, right);
        }
        for (var i = 0; i < Unknowns; i++)
            for (var j = 0; j < i; j++)
                normal[i, j] = normal[j, i];
        return (normal, right);
    }

    /// <param name="row">Receives how the unknowns change what is expected at a point.</param>
    /// <param name="at">Number of the point.</param>
    /// <param name="gain">Of the values.</param>
    /// <param name="d">The mapped point from the centre, in radii.</param>
    private void Fill(float[] row, int at, double gain, Vector3D d)
    {
        var scale = (float)(gain / _mean.Step);
        var (gx, gy, gz) = (_slopes[3 * at] * scale, _slopes[3 * at + 1] * scale, _slopes[3 * at + 2] * scale);
        var (dx, dy, dz) = ((float)d.X, (float)d.Y, (float)d.Z);
        (row[0], row[1], row[2]) = (gx, gy, gz);
        (row[3], row[4], row[5]) = (gz * dy - gy * dz, gx * dz - gz * dx, gy * dx - gx * dy);
        (row[6], row[7], row[8]) = (gx * dx + gy * dy + gz * dz, _values[at], 1);
    }

    private static void Add(float[] sums, float[] rightSums, float[] row, float rest)
    {
        for (var i = 0; i < Unknowns; i++)
        {
            rightSums[i] += row[i] * rest;
            for (var j = i; j < Unknowns; j++)
                sums[i * Unknowns + j] += row[i] * row[j];
        }
    }

    /// <summary>Sheet by sheet, so that short numbers suffice for the sums.</summary>
    private static void Move(float[] sums, float[] rightSums, double[,] normal, double[] right)
    {
        for (var i = 0; i < Unknowns; i++)
        {
            right[i] += rightSums[i];
            for (var j = i; j < Unknowns; j++)
                normal[i, j] += sums[i * Unknowns + j];
        }
        Array.Clear(sums);
        Array.Clear(rightSums);
    }

    private AffineTransform3D Changed(AffineTransform3D map, double[] change)
    {
        var centre = map.Apply(_points.Centre);
        var scale = Math.Exp(change[6] / Radius);
        var turn = AffineTransform3D.Rotation(new(change[3] / Radius, change[4] / Radius, change[5] / Radius), centre);
        return map.Then(turn).Then(AffineTransform3D.About(
            centre, new(scale, 0, 0), new(0, scale, 0), new(0, 0, scale), new(change[0], change[1], change[2])));
    }

    private static double[] SolveDamped(double[,] normal, double[] right, double damping)
    {
        var (damped, change) = ((double[,])normal.Clone(), (double[])right.Clone());
        for (var i = 0; i < Unknowns; i++)
            damped[i, i] = damped[i, i] * (1 + damping) + 1e-9;
        Cholesky.Solve(damped, change);
        return change;
    }

    private readonly record struct Fitted(double Ncc, double Gain, double Offset);
}
