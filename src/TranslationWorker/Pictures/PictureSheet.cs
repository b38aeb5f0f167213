using Gateway.Imaging.Grids;

namespace Gateway.TranslationWorker;

/// <summary>All panels of one translation on one page, for a person to judge it.</summary>
public static class PictureSheet
{
    private const int Box = 384;
    private const int Gap = 12;
    private const int Line = 24;
    private const int Columns = 3;

    /// <returns>An 8-bit grey picture, values 0..255.</returns>
    public static Image Draw(string title, IReadOnlyList<Panel> panels, IReadOnlyList<string> footer)
    {
        var rows = (panels.Count + Columns - 1) / Columns;
        var canvas = new Canvas(Columns * (Box + Gap) + Gap, (rows * (Box + Line + Gap)) + Line * (1 + footer.Count) + 3 * Gap);
        canvas.Write(title, Gap, Gap);
        for (var i = 0; i < panels.Count; i++)
        {
            var (left, top) = (Gap + i % Columns * (Box + Gap), Line + 2 * Gap + i / Columns * (Box + Line + Gap));
            canvas.Write(panels[i].Caption, left, top);
            canvas.Draw(panels[i].Image, panels[i].Low, panels[i].High, left, top + Line, Box, panels[i].PixelAspect);
        }
        for (var i = 0; i < footer.Count; i++)
            canvas.Write(footer[i], Gap, Line + 2 * Gap + rows * (Box + Line + Gap) + i * Line, grey: 170);
        return canvas.Pixels;
    }

    /// <summary>A single panel for the page, with the aspect of its own pixels.</summary>
    public static Image Draw(Panel panel)
    {
        var canvas = new Canvas(Box, Box);
        canvas.Draw(panel.Image, panel.Low, panel.High, 0, 0, Box, panel.PixelAspect);
        return canvas.Pixels;
    }
}
