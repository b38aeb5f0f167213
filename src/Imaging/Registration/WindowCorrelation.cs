using System.Runtime.Intrinsics;
using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>
/// Squared local correlation of a moving picture with a fixed one, (cov + floor)² / ((var_f + floor) (var_m + floor)) as in SSIM, averaged
/// over all windows, and its derivatives for a Gauss-Newton step. In every window the moving picture is fitted by its own gain and offset,
/// so bias fields and gamma cost nothing.
/// </summary>
internal sealed class WindowCorrelation
{
    private readonly float[] _fixed;
    private readonly float[] _fixedMean;
    private readonly float[] _fixedVariance;
    private readonly float[] _mean;
    private readonly float[] _square;
    private readonly float[] _product;
    private readonly float[] _alpha;
    private readonly BoxMean _box;
    private readonly float _floor;

    /// <param name="fixedImage">[0, 1].</param>
    /// <param name="radius">Radius of the window, pixels.</param>
    /// <param name="floor">Added to variances and covariance, so that windows without contrast agree.</param>
    public WindowCorrelation(Image fixedImage, int radius, float floor)
    {
        var pixels = fixedImage.Pixels.Length;
        (_fixed, _floor, _box) = (fixedImage.Pixels, floor, new(fixedImage.Width, fixedImage.Height, radius));
        (_mean, _square, _product, _alpha) = (new float[pixels], new float[pixels], new float[pixels], new float[pixels]);
        (_fixedMean, _fixedVariance) = ([.. _fixed], [.. _fixed.Select(v => v * v)]);
        _box.Apply(_fixedMean);
        _box.Apply(_fixedVariance);
        for (var i = 0; i < pixels; i++)
            _fixedVariance[i] -= _fixedMean[i] * _fixedMean[i];
    }

    /// <summary>Derivatives of the sum of (1 - correlation²) with respect to the moving picture's values.</summary>
    /// <param name="moved">The moving picture at its present place.</param>
    /// <param name="slope">First derivative, per pixel.</param>
    /// <param name="curvature">Second derivative of Gauss-Newton, per pixel, &gt;= 0.</param>
    /// <returns>Mean squared correlation, 0..1, negative correlation as 0.</returns>
    public double Derivatives(ReadOnlySpan<float> moved, Span<float> slope, Span<float> curvature)
    {
        moved.CopyTo(_mean);
        Multiply(moved, moved, _square);
        Multiply(_fixed, moved, _product);
        _box.Apply(_mean);
        _box.Apply(_square);
        _box.Apply(_product);
        var sum = Fit();
        _box.Apply(_mean);
        _box.Apply(_square);
        _box.Apply(_product);
        _box.Apply(_alpha);
        Combine(moved, slope, curvature);
        return sum / _fixed.Length;
    }

    /// <summary>For every window alpha = 2 cov / (var_f var_m), its product with the fixed mean, the gain,
    /// and gain times moving mean.</summary>
    private double Fit()
    {
        var (floor, two, total) = (Vector256.Create(_floor), Vector256.Create(2f), Vector256<float>.Zero);
        var fixedMeans = Lanes.Of(_fixedMean);
        var fixedVariances = Lanes.Of(_fixedVariance);
        var means = Lanes.Of(_mean);
        var squares = Lanes.Of(_square);
        var products = Lanes.Of(_product);
        var alphas = Lanes.Of(_alpha);
        for (var i = 0; i < means.Length; i++)
        {
            var (mean, fixedMean) = (means[i], fixedMeans[i]);
            var variance = Vector256.Max(squares[i] - mean * mean, Vector256<float>.Zero) + floor;
            var covariance = Vector256.Max(products[i] - mean * fixedMean, Vector256<float>.Zero) + floor;
            var gain = covariance / variance;
            var half = covariance / (variance * (fixedVariances[i] + floor));
            total += half * covariance;
            var alpha = half * two;
            alphas[i] = alpha;
            products[i] = alpha * fixedMean;
            squares[i] = alpha * gain;
            means[i] = alpha * gain * mean;
        }
        return Vector256.Sum(total);
    }

    private void Combine(ReadOnlySpan<float> moved, Span<float> slope, Span<float> curvature)
    {
        var values = Lanes.Of(moved);
        var slopes = Lanes.Of(slope);
        var curvatures = Lanes.Of(curvature);
        var fixedValues = Lanes.Of(_fixed);
        var means = Lanes.Of(_mean);
        var squares = Lanes.Of(_square);
        var products = Lanes.Of(_product);
        var alphas = Lanes.Of(_alpha);
        for (var i = 0; i < values.Length; i++)
        {
            slopes[i] = products[i] - fixedValues[i] * alphas[i] + values[i] * squares[i] - means[i];
            curvatures[i] = Vector256.Max(squares[i], Vector256<float>.Zero);
        }
    }

    private static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result)
    {
        var left = Lanes.Of(a);
        var right = Lanes.Of(b);
        var products = Lanes.Of(result);
        for (var i = 0; i < products.Length; i++)
            products[i] = left[i] * right[i];
    }
}
