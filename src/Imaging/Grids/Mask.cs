namespace Gateway.Imaging.Grids;

/// <summary>A set of pixels of one plane, row-major.</summary>
public sealed class Mask(int width, int height, bool[] pixels)
{
    public Mask(int width, int height)
        : this(width, height, new bool[width * height])
    {
    }

    public int Width { get; } = width;

    public int Height { get; } = height;

    public bool[] Pixels { get; } = pixels;

    /// <summary>Number of pixels in the set.</summary>
    public int Area => Pixels.Count(inside => inside);

    public bool this[int x, int y]
    {
        get => Pixels[y * Width + x];
        set => Pixels[y * Width + x] = value;
    }

    /// <summary>Mean position of the set's pixels; the image's middle for an empty set.</summary>
    public (double X, double Y) Centroid()
    {
        var (sumX, sumY, count) = (0L, 0L, 0L);
        for (var i = 0; i < Pixels.Length; i++)
            if (Pixels[i])
                (sumX, sumY, count) = (sumX + i % Width, sumY + i / Width, count + 1);
        return count == 0 ? ((Width - 1) / 2.0, (Height - 1) / 2.0) : ((double)sumX / count, (double)sumY / count);
    }

    public static Mask Where(Image image, Func<float, bool> inside) =>
        new(image.Width, image.Height, [.. image.Pixels.Select(inside)]);

    /// <summary>The image inside the set, <paramref name="outside"/> elsewhere.</summary>
    public Image Apply(Image image, float outside)
    {
        var result = new Image(Width, Height);
        for (var i = 0; i < Pixels.Length; i++)
            result.Pixels[i] = Pixels[i] ? image.Pixels[i] : outside;
        return result;
    }

    /// <summary>1 inside, 0 outside.</summary>
    public Image ToImage() => new(Width, Height, [.. Pixels.Select(inside => inside ? 1f : 0f)]);

    public Mask And(Mask other) => new(Width, Height, [.. Pixels.Zip(other.Pixels, (a, b) => a && b)]);
}
