using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>Each level has half the width and height of the one before; pixel i of level n covers full pixels i 2^n to (i+1) 2^n -
/// 1.</summary>
internal sealed class GaussianPyramid
{
    private readonly Image[] _levels;

    public GaussianPyramid(Image image, int levels)
    {
        _levels = new Image[levels];
        _levels[0] = image;
        for (var level = 1; level < levels; level++)
            _levels[level] = Halve(GaussianFilter.Apply(_levels[level - 1], 0.7, 0.7));
    }

    public Image this[int level] => _levels[level];

    private static Image Halve(Image image)
    {
        var half = new Image(image.Width / 2, image.Height / 2);
        for (var y = 0; y < half.Height; y++)
            for (var x = 0; x < half.Width; x++)
                half[x, y] = (image[2 * x, 2 * y] + image[2 * x + 1, 2 * y] + image[2 * x, 2 * y + 1] + image[2 * x + 1, 2 * y + 1]) / 4;
        return half;
    }
}
