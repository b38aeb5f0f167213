using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Pictures;

namespace Gateway.TranslationWorker;

/// <summary>Every slice of a derived series on one page.</summary>
internal static class ContactSheet
{
    private const int Box = 144;
    private const int Gap = 4;
    private const int Head = 84;
    private const int Strip = 18;

    /// <summary>One slice of the page, already at the small size shown there, so that the full slices need not be kept.</summary>
    /// <param name="image">On the patient's grid.</param>
    /// <param name="low">Value shown as black.</param>
    /// <param name="high">Value shown as white.</param>
    /// <param name="aspect">Pixel height over pixel width.</param>
    /// <param name="number">Text in the corner.</param>
    public static Image Tile(Image image, double low, double high, double aspect, string number)
    {
        var canvas = new Canvas(Box, Box);
        canvas.Draw(image, low, high, 0, 0, Box, aspect);
        canvas.Write(number, 2, 2, scale: 1, grey: 170);
        return canvas.Pixels;
    }

    /// <param name="title">Text that every picture must carry.</param>
    /// <param name="tiles">In reading order.</param>
    /// <returns>PNG bytes; a little wider than high.</returns>
    public static byte[] Draw(string title, IReadOnlyList<Image> tiles)
    {
        var columns = Math.Max(6, (int)Math.Ceiling(Math.Sqrt(1.5 * tiles.Count)));
        var rows = (tiles.Count + columns - 1) / columns;
        var canvas = new Canvas(columns * (Box + Gap) + Gap, rows * (Box + Strip + Gap) + Head + Gap);
        canvas.WriteTag(0, Gap, canvas.Pixels.Width, scale: 6);
        canvas.Write(title, Gap, Head - Strip - Gap);
        for (var i = 0; i < tiles.Count; i++)
        {
            var (left, top) = (Gap + i % columns * (Box + Gap), Head + i / columns * (Box + Strip + Gap));
            canvas.Draw(tiles[i], 0, 255, left, top, Box);
            canvas.WriteTag(left, top + Box, Box, scale: 2);
        }
        return PngFile.EncodeGrey(canvas.Pixels);
    }
}
