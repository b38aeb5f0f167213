namespace Gateway.Imaging.Grids;

/// <summary>One plane of float32 samples, row-major, the first row at the top; units are the caller's (HU, raw MR, 0..255,
/// [-1,1]).</summary>
public sealed class Image
{
    public Image(int width, int height)
        : this(width, height, new float[checked(width * height)])
    {
    }

    /// <exception cref="ArgumentException">The array does not hold width x height samples.</exception>
    public Image(int width, int height, float[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (pixels.Length != checked(width * height))
            throw new ArgumentException($"{pixels.Length} samples for {width} x {height} pixels.", nameof(pixels));
        (Width, Height, Pixels) = (width, height, pixels);
    }

    public int Width { get; }

    public int Height { get; }

    public float[] Pixels { get; }

    public float this[int x, int y]
    {
        get => Pixels[y * Width + x];
        set => Pixels[y * Width + x] = value;
    }

    public Image Map(Func<float, float> map)
    {
        var result = new Image(Width, Height);
        for (var i = 0; i < Pixels.Length; i++)
            result.Pixels[i] = map(Pixels[i]);
        return result;
    }

    /// <summary>Clips to [low, high] and scales that range to [0, 1]; an empty range gives all 0.</summary>
    public Image Normalise(float low, float high)
    {
        var scale = high > low ? 1 / (high - low) : 0;
        return Map(value => Math.Clamp((value - low) * scale, 0, 1));
    }
}
