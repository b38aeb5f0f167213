using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>A picture minus its local mean, divided by its local deviation: a faint gyrus then counts as much as the skull.</summary>
internal static class LocalContrast
{
    private const int Radius = 4;
    private const float Floor = 1e-3f;

    /// <param name="image">[0, 1]; its width a multiple of 8.</param>
    /// <returns>About -3 to 3; 0 where there is no contrast.</returns>
    public static Image Of(Image image)
    {
        var box = new BoxMean(image.Width, image.Height, Radius);
        var (mean, square) = (image.Pixels.ToArray(), Array.ConvertAll(image.Pixels, v => v * v));
        box.Apply(mean);
        box.Apply(square);
        var result = new Image(image.Width, image.Height);
        for (var i = 0; i < mean.Length; i++)
            result.Pixels[i] = (image.Pixels[i] - mean[i]) / MathF.Sqrt(Math.Max(square[i] - mean[i] * mean[i], 0) + Floor);
        return result;
    }
}
