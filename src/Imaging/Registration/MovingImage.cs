using System.Runtime.Intrinsics;
using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>A picture with its slopes, laid out so that one bilinear sample takes four loads: value, slope along
/// x, slope along y, 0.</summary>
internal sealed class MovingImage
{
    private readonly Vector128<float>[] _samples;
    private readonly int _width;
    private readonly int _height;

    public MovingImage(int width, int height) => (_width, _height, _samples) = (width, height, new Vector128<float>[width * height]);

    public void Load(Image image)
    {
        for (var y = 0; y < _height; y++)
        {
            var (above, below) = (Math.Max(y - 1, 0), Math.Min(y + 1, _height - 1));
            for (var x = 0; x < _width; x++)
            {
                var (left, right) = (Math.Max(x - 1, 0), Math.Min(x + 1, _width - 1));
                _samples[y * _width + x] = Vector128.Create(
                    image[x, y], (image[right, y] - image[left, y]) / 2, (image[x, below] - image[x, above]) / 2, 0);
            }
        }
    }

    /// <summary>Value and slopes at a position in pixels; the border is repeated.</summary>
    public Vector128<float> At(float x, float y)
    {
        x = Math.Clamp(x, 0, _width - 1.001f);
        y = Math.Clamp(y, 0, _height - 1.001f);
        var (left, top) = ((int)x, (int)y);
        var (fx, fy) = (x - left, y - top);
        var at = top * _width + left;
        var samples = _samples;
        var upper = samples[at] + (samples[at + 1] - samples[at]) * fx;
        var lower = samples[at + _width] + (samples[at + _width + 1] - samples[at + _width]) * fx;
        return upper + (lower - upper) * fy;
    }
}
