using Gateway.Imaging.Grids;
using Gateway.Imaging.Pictures;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>All panels of one translation on one page, for a person to judge it.</summary>
public static class PictureSheet
{
    private const int Box = 384;
    private const int Gap = 12;
    private const int Line = 24;
    private const int Columns = 3;

    /// <summary>The strip below an image: black, or the tag in letters that can still be read where the picture is a thumbnail.</summary>
    private const int Strip = 47;
    private const int TagScale = 5;

    /// <returns>An 8-bit grey picture, values 0..255.</returns>
    public static Image Draw(string title, IReadOnlyList<Panel> panels, IReadOnlyList<string> footer)
    {
        var rows = (panels.Count + Columns - 1) / Columns;
        const int cell = Line + Box + Strip + Gap;
        var canvas = new Canvas(Columns * (Box + Gap) + Gap, rows * cell + Line * (1 + footer.Count) + 3 * Gap);
        canvas.Write(title, Gap, Gap);
        for (var i = 0; i < panels.Count; i++)
        {
            var (left, top) = (Gap + i % Columns * (Box + Gap), Line + 2 * Gap + i / Columns * cell);
            canvas.Write(panels[i].Caption, left, top);
            Draw(canvas, panels[i], left, top + Line);
        }
        for (var i = 0; i < footer.Count; i++)
            canvas.Write(footer[i], Gap, Line + 2 * Gap + rows * cell + i * Line, grey: 170);
        return canvas.Pixels;
    }

    /// <summary>A single panel for the page, with the aspect of its own pixels.</summary>
    public static Image Draw(Panel panel)
    {
        var canvas = new Canvas(Box, Box + Strip);
        Draw(canvas, panel, 0, 0);
        return canvas.Pixels;
    }

    private static void Draw(Canvas canvas, Panel panel, int left, int top)
    {
        canvas.Draw(panel.Image, panel.Low, panel.High, left, top, Box, panel.PixelAspect);
        if (PictureKind.IsSynthetic(panel.Kind))
            canvas.WriteTag(left, top + Box, Box, TagScale);
    }
}
