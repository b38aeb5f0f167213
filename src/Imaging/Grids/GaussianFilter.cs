using System.Numerics;

namespace Gateway.Imaging.Grids;

/// <summary>Separable Gaussian; the border is repeated, and taps reach 3 sigma.</summary>
public static class GaussianFilter
{
    /// <param name="image">Not changed.</param>
    /// <param name="sigmaX">Standard deviation along rows, pixels; 0 for none.</param>
    /// <param name="sigmaY">Standard deviation along columns, pixels.</param>
    public static Image Apply(Image image, double sigmaX, double sigmaY)
    {
        var rows = sigmaX > 0 ? AlongRows(image, Kernel(sigmaX)) : image;
        return sigmaY > 0 ? AlongColumns(rows, Kernel(sigmaY)) : rows;
    }

    /// <summary>Taps that sum to 1, with the centre in the middle.</summary>
    internal static float[] Kernel(double sigma, int? radius = null)
    {
        var reach = radius ?? Math.Max(1, (int)Math.Ceiling(3 * sigma));
        var taps = Enumerable.Range(-reach, 2 * reach + 1).Select(i => Math.Exp(-i * i / (2 * sigma * sigma))).ToArray();
        var sum = taps.Sum();
        return [.. taps.Select(tap => (float)(tap / sum))];
    }

    private static Image AlongRows(Image image, float[] kernel)
    {
        var (reach, result) = (kernel.Length / 2, new Image(image.Width, image.Height));
        var padded = new float[image.Width + 2 * reach];
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Pixels.AsSpan(y * image.Width, image.Width);
            padded.AsSpan(0, reach).Fill(row[0]);
            row.CopyTo(padded.AsSpan(reach));
            padded.AsSpan(reach + image.Width).Fill(row[^1]);
            var output = result.Pixels.AsSpan(y * image.Width, image.Width);
            for (var k = 0; k < kernel.Length; k++)
                AddScaled(output, padded.AsSpan(k, image.Width), kernel[k]);
        }
        return result;
    }

    private static Image AlongColumns(Image image, float[] kernel)
    {
        var (reach, result) = (kernel.Length / 2, new Image(image.Width, image.Height));
        for (var y = 0; y < image.Height; y++)
        {
            var output = result.Pixels.AsSpan(y * image.Width, image.Width);
            for (var k = 0; k < kernel.Length; k++)
            {
                var row = Math.Clamp(y + k - reach, 0, image.Height - 1);
                AddScaled(output, image.Pixels.AsSpan(row * image.Width, image.Width), kernel[k]);
            }
        }
        return result;
    }

    private static void AddScaled(Span<float> sum, ReadOnlySpan<float> values, float factor)
    {
        var i = 0;
        for (var wide = new Vector<float>(factor); i <= sum.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sum[i..]) + wide * new Vector<float>(values[i..])).CopyTo(sum[i..]);
        for (; i < sum.Length; i++)
            sum[i] += factor * values[i];
    }
}
