using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Pictures;

/// <summary>A grey picture under construction: images scaled into boxes, captions over black.</summary>
public sealed class Canvas(int width, int height)
{
    private readonly Image _pixels = new(width, height);

    /// <summary>The finished picture, grey values 0..255.</summary>
    public Image Pixels => _pixels;

    /// <summary>Draws an image with [low, high] shown as black to white, fitted into a square box and centred, bilinear.</summary>
    public void Draw(Image image, double low, double high, int left, int top, int size, double pixelAspect = 1)
    {
        var (imageWidth, imageHeight) = (image.Width * 1.0, image.Height * pixelAspect);
        var scale = Math.Max(imageWidth, imageHeight) / size;
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
            {
                var sx = (x + 0.5 - size / 2.0) * scale + imageWidth / 2 - 0.5;
                var sy = ((y + 0.5 - size / 2.0) * scale + imageHeight / 2) / pixelAspect - 0.5;
                if (sx < -0.5 || sy < -0.5 || sx > image.Width - 0.5 || sy > image.Height - 0.5)
                    continue;
                var value = (Sample(image, sx, sy) - low) / Math.Max(high - low, 1e-9) * 255;
                _pixels[left + x, top + y] = (float)Math.Clamp(value, 0, 255);
            }
    }

    public void Write(string text, int left, int top, int scale = 2, float grey = 230)
    {
        for (var i = 0; i < text.Length; i++)
            for (var y = 0; y < PixelFont.Height * scale; y++)
                for (var x = 0; x < PixelFont.Width * scale; x++)
                {
                    var px = left + i * (PixelFont.Width + 1) * scale + x;
                    if (px < _pixels.Width && PixelFont.IsLit(text[i], x / scale, y / scale))
                        _pixels[px, top + y] = grey;
                }
    }

    /// <summary>Says SYNTHETIC below an image, in the middle of its width.</summary>
    public void WriteTag(int left, int top, int width, int scale)
    {
        const string tag = "SYNTHETIC";
        Write(tag, left + (width - tag.Length * (PixelFont.Width + 1) * scale) / 2, top + scale, scale, grey: 255);
    }

    private static double Sample(Image image, double x, double y)
    {
        x = Math.Clamp(x, 0, image.Width - 1);
        y = Math.Clamp(y, 0, image.Height - 1);
        var (x0, y0) = ((int)x, (int)y);
        var (x1, y1) = (Math.Min(x0 + 1, image.Width - 1), Math.Min(y0 + 1, image.Height - 1));
        var (fx, fy) = (x - x0, y - y0);
        var top = image[x0, y0] * (1 - fx) + image[x1, y0] * fx;
        var bottom = image[x0, y1] * (1 - fx) + image[x1, y1] * fx;
        return top * (1 - fy) + bottom * fy;
    }
}
