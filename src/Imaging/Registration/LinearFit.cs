using System.Runtime.Intrinsics;
using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>
/// One pyramid level of the linear registration: Levenberg-Marquardt on map, gain and offset of
/// fixed(p) = gain moving(map(p)) + offset, whose least squared residual is var(fixed) (1 - NCC²).
/// </summary>
internal sealed class LinearFit(Image fixedImage, Image moving, int level, (double X, double Y) centre)
{
    // Matrix entries act over the radius of a head. In this unit all parameters move pixels about equally far.
    private const float Radius = 64;
    private const int Lanes = 8;

    private readonly double _step = 1 << level;
    private readonly float[] _values = new float[fixedImage.Pixels.Length];
    private readonly float[] _slopesX = new float[fixedImage.Pixels.Length];
    private readonly float[] _slopesY = new float[fixedImage.Pixels.Length];

    /// <summary>Correlation over the whole grid, -1..1; positions outside the moving image count as 0.</summary>
    public double Ncc(AffineTransform2D map) => Evaluate(map).Ncc;

    /// <summary>The moving image on the fixed one's grid.</summary>
    public Image Moved(AffineTransform2D map)
    {
        Evaluate(map);
        return new(fixedImage.Width, fixedImage.Height, [.. _values]);
    }

    /// <summary>Takes at most <paramref name="iterations"/> steps, each of which raises the NCC. Returns the map and its NCC.</summary>
    public (AffineTransform2D Map, double Ncc) Improve(AffineTransform2D map, bool affine, int iterations, double enough = 1e-6)
    {
        var (fit, damping) = (Evaluate(map), 1e-3);
        for (var i = 0; i < iterations; i++)
        {
            var (normal, right) = NormalEquations(fit, affine);
            var before = fit.Ncc;
            while (damping < 1e3)
            {
                var candidate = Changed(map, SolveDamped(normal, right, damping, affine), affine);
                var candidateFit = Evaluate(candidate);
                if (candidateFit.Ncc > fit.Ncc)
                {
                    (map, fit, damping) = (candidate, candidateFit, Math.Max(damping / 10, 1e-6));
                    break;
                }
                damping *= 10;
            }
            if (fit.Ncc - before < enough)
                break;
        }
        return (map, fit.Ncc);
    }

    /// <summary>Samples the moving image and its slopes at every mapped pixel, and fits gain and offset.</summary>
    private Fitted Evaluate(AffineTransform2D map)
    {
        double sumF = 0, sumM = 0, sumFf = 0, sumMm = 0, sumFm = 0;
        var (width, height) = (fixedImage.Width, fixedImage.Height);
        var (stepX, stepY) = ((float)map.Xx, (float)map.Yx);
        for (var y = 0; y < height; y++)
        {
            var (fullX, fullY) = map.Apply(0.5 * _step - 0.5, (y + 0.5) * _step - 0.5);
            var (startX, startY) = ((float)((fullX + 0.5) / _step - 0.5), (float)((fullY + 0.5) / _step - 0.5));
            float rowF = 0, rowM = 0, rowFf = 0, rowMm = 0, rowFm = 0;
            for (var x = 0; x < width; x++)
            {
                var at = y * width + x;
                var f = fixedImage.Pixels[at];
                var m = Sample(at, startX + x * stepX, startY + x * stepY);
                (rowF, rowM) = (rowF + f, rowM + m);
                (rowFf, rowMm, rowFm) = (rowFf + f * f, rowMm + m * m, rowFm + f * m);
            }
            (sumF, sumM, sumFf, sumMm, sumFm) = (sumF + rowF, sumM + rowM, sumFf + rowFf, sumMm + rowMm, sumFm + rowFm);
        }
        double n = fixedImage.Pixels.Length;
        var (varF, varM, covariance) = (sumFf - sumF * sumF / n, sumMm - sumM * sumM / n, sumFm - sumF * sumM / n);
        var gain = varM > 1e-9 ? covariance / varM : 0;
        return new(varF * varM > 1e-12 ? covariance / Math.Sqrt(varF * varM) : 0, gain, (sumF - gain * sumM) / n);
    }

    private float Sample(int at, float x, float y)
    {
        if (!(x >= 0 && y >= 0 && x < moving.Width - 1 && y < moving.Height - 1))
            return _values[at] = _slopesX[at] = _slopesY[at] = 0;
        var (left, top) = ((int)x, (int)y);
        var (fx, fy) = (x - left, y - top);
        var corner = moving.Pixels.AsSpan(top * moving.Width + left, moving.Width + 2);
        var (upperStep, lowerStep) = (corner[1] - corner[0], corner[^1] - corner[^2]);
        var (upper, lower) = (corner[0] + fx * upperStep, corner[^2] + fx * lowerStep);
        _slopesX[at] = upperStep + fy * (lowerStep - upperStep);
        _slopesY[at] = lower - upper;
        return _values[at] = upper + fy * (lower - upper);
    }

    /// <summary>Columns: map parameters (6 affine or 4 similarity, then zeros), the value, 1.</summary>
    private (double[,] Normal, double[] Right) NormalEquations(Fitted fit, bool affine)
    {
        var (normal, right) = (new double[Lanes, Lanes], new double[Lanes]);
        var sums = new Vector256<float>[Lanes];
        for (var y = 0; y < fixedImage.Height; y++)
        {
            var rightSum = Vector256<float>.Zero;
            Array.Clear(sums);
            var dy = (float)(((y + 0.5) * _step - 0.5 - centre.Y) / Radius);
            for (var x = 0; x < fixedImage.Width; x++)
            {
                var at = y * fixedImage.Width + x;
                var row = Row(at, (float)(((x + 0.5) * _step - 0.5 - centre.X) / Radius), dy, fit.Gain, affine);
                rightSum += row * (float)(fixedImage.Pixels[at] - fit.Gain * _values[at] - fit.Offset);
                for (var i = 0; i < Lanes; i++)
                    sums[i] += row * row[i];
            }
            for (var i = 0; i < Lanes; i++)
            {
                right[i] += rightSum[i];
                for (var j = 0; j < Lanes; j++)
                    normal[i, j] += sums[i][j];
            }
        }
        return (normal, right);
    }

    private Vector256<float> Row(int at, float dx, float dy, double gain, bool affine)
    {
        var scale = (float)(gain / _step);
        var (gx, gy) = (_slopesX[at] * scale, _slopesY[at] * scale);
        return affine
            ? Vector256.Create(gx * dx, gx * dy, gy * dx, gy * dy, gx, gy, _values[at], 1)
            : Vector256.Create(gx * dx + gy * dy, gy * dx - gx * dy, 0, 0, gx, gy, _values[at], 1);
    }

    private AffineTransform2D Changed(AffineTransform2D map, double[] change, bool affine)
    {
        var (a, b, c, d) = affine
            ? (change[0], change[1], change[2], change[3])
            : (change[0], -change[1], change[1], change[0]);
        var (x, y) = map.Apply(centre.X, centre.Y);
        return AffineTransform2D.About(
            centre.X, centre.Y,
            map.Xx + a / Radius, map.Xy + b / Radius, map.Yx + c / Radius, map.Yy + d / Radius,
            x - centre.X + change[4], y - centre.Y + change[5]);
    }

    private static double[] SolveDamped(double[,] normal, double[] right, double damping, bool affine)
    {
        var (damped, change) = ((double[,])normal.Clone(), (double[])right.Clone());
        for (var i = 0; i < Lanes; i++)
            damped[i, i] = damped[i, i] * (1 + damping) + 1e-9;
        if (!affine)
            (damped[2, 2], damped[3, 3]) = (1, 1);
        Cholesky.Solve(damped, change);
        return change;
    }

    private readonly record struct Fitted(double Ncc, double Gain, double Offset);
}
