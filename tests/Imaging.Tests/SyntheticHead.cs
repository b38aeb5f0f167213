using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Tests;

/// <summary>An analytic head without symmetry: scalp, dark skull, brain, ventricles whose size tells the level, a lesion.</summary>
internal static class SyntheticHead
{
    /// <summary>T2-like value at a point, mm from the head's middle, x to the left, y to the back.</summary>
    /// <param name="x">mm.</param>
    /// <param name="y">mm.</param>
    /// <param name="level">0 is the level of the reference; mm to the head.</param>
    public static float At(double x, double y, double level = 0)
    {
        var shrink = Math.Sqrt(1 - Math.Min(0.9, level * level / (80.0 * 80)));
        var radius = Ellipse(x, y, 0, 0, 72 * shrink, 92 * shrink);
        if (radius > 1)
            return 0;
        if (radius > 0.92)
            return 700;
        if (radius > 0.84)
            return 60;
        var ventricle = 1 + level / 20;
        if (Ellipse(x, y, 10, -22 + level, 5 * ventricle, 16 * ventricle) < 1
            || Ellipse(x, y, -11, -20 + level, 6 * ventricle, 15 * ventricle) < 1)
            return 1000;
        if (Ellipse(x, y, 22 - level, 30, 8, 12) < 1 || Ellipse(x, y, -24 + level, 28, 9, 11) < 1 || Ellipse(x, y, 40, 2 * level, 9, 7) < 1)
            return 850;
        return (float)(380 + 60 * Math.Sin(x / 9 + level / 6) * Math.Cos(y / 11 - level / 8));
    }

    /// <summary>The head through a map from the picture's pixels to the head's mm.</summary>
    public static Image Draw(int width, int height, AffineTransform2D toHead, double level = 0)
    {
        var image = new Image(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var sum = 0f;
                foreach (var (dx, dy) in ((double, double)[])[(-0.25, -0.25), (0.25, -0.25), (-0.25, 0.25), (0.25, 0.25)])
                {
                    var (hx, hy) = toHead.Apply(x + dx, y + dy);
                    sum += At(hx, hy, level) / 4;
                }
                image[x, y] = sum;
            }
        }
        return image;
    }

    public static VolumeSlice Slice(Image image, double spacing, double z = 0) => new()
    {
        Image = image,
        Position = new(-100, -100, z),
        RowDirection = new(1, 0, 0),
        ColumnDirection = new(0, 1, 0),
        RowSpacing = spacing,
        ColumnSpacing = spacing,
    };

    /// <summary>A reference of level 0 with the head in the middle.</summary>
    public static Reference Reference()
    {
        var head = new HeadSlice(
            Slice(Draw(256, 256, AffineTransform2D.Translation(-127.5, -127.5)), 1), ShippedModalities.T2, GreyRange.Brain);
        return Gateway.Imaging.Slices.Reference.Create(
            ShippedModalities.T2, new() { Modality = ShippedModalities.T2.Modality, Slices = 1, Iterations = 0 },
            head.Normalised, head.Mask);
    }

    private static double Ellipse(double x, double y, double centreX, double centreY, double radiusX, double radiusY) =>
        Math.Pow((x - centreX) / radiusX, 2) + Math.Pow((y - centreY) / radiusY, 2);
}
