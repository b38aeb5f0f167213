using System.Numerics;

namespace Gateway.Gates;

/// <summary>A head that does not lie still.</summary>
internal static class HeadMotion
{
    /// <summary>MR: phase-encoding steps, along y, are taken of a head displaced by a few mm, another way after each of a few
    /// moves.</summary>
    public static Image InMr(Image image, double spacing, Random random)
    {
        var kernel = Kernel(image.Height, Displacements(image.Height, spacing, random));
        var moved = new Image(image.Width, image.Height);
        for (var x = 0; x < image.Width; x++)
        {
            for (var y = 0; y < image.Height; y++)
            {
                double real = 0, imaginary = 0;
                for (var from = 0; from < image.Height; from++)
                {
                    var tap = kernel[(y - from + image.Height) % image.Height];
                    (real, imaginary) = (real + image[x, from] * tap.Real, imaginary + image[x, from] * tap.Imaginary);
                }
                moved[x, y] = (float)Math.Sqrt(real * real + imaginary * imaginary);
            }
        }
        return moved;
    }

    /// <summary>CT: the slice lies elsewhere than its neighbours, and is seen in two places at once.</summary>
    public static Image InCt(Image image, double spacing, Random random)
    {
        double Shift(double mm) => (2 * random.NextDouble() - 1) * mm / spacing;
        var (x, y) = (Shift(7), Shift(7));
        var first = Resampler.Bilinear(image, AffineTransform2D.Translation(x, y), image.Width, image.Height, -1000);
        var second = Resampler.Bilinear(image, AffineTransform2D.Translation(x + Shift(5), y + Shift(5)), image.Width, image.Height, -1000);
        return new(image.Width, image.Height, [.. first.Pixels.Zip(second.Pixels, (a, b) => (a + b) / 2)]);
    }

    /// <summary>Pixels, by phase-encoding step from the lowest frequency below 0 to the highest above.</summary>
    private static double[] Displacements(int steps, double spacing, Random random)
    {
        var result = new double[steps];
        var (current, next) = (0.0, 0);
        for (var k = 0; k < steps; k++)
        {
            if (k == next)
                (current, next) = ((2 * random.NextDouble() - 1) * 6 / spacing, k + random.Next(steps / 16, steps / 5));
            result[k] = current;
        }
        return result;
    }

    /// <summary>A phase by frequency is a circular convolution by place.</summary>
    private static Complex[] Kernel(int size, double[] displacements) => [.. Enumerable.Range(0, size).Select(y =>
    {
        var sum = Complex.Zero;
        for (var k = 0; k < size; k++)
            sum += Complex.FromPolarCoordinates(1.0 / size, 2 * Math.PI * (k - size / 2) * (y - displacements[k]) / size);
        return sum;
    })];
}
