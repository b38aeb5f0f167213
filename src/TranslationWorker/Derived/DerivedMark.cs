using Gateway.Imaging.Pictures;

namespace Gateway.TranslationWorker;

/// <summary>SYNTHETIC on the picture itself, as an overlay plane (PS3.3 C.9.2): viewers lay it over the pixels, and measure what is
/// below.</summary>
internal static class DerivedMark
{
    private const ushort Group = 0x6000;
    private const int Glyph = 6;
    private const int Line = 9;
    private const string Word = "SYNTHETIC";

    /// <param name="dataset">With Rows and Columns in it.</param>
    /// <param name="derivation">Says whether it is asked for.</param>
    public static void Write(DicomDataset dataset, Derivation derivation)
    {
        if (derivation.Mark == SyntheticMark.None)
            return;
        var (rows, columns) = (dataset.GetSingleValue<ushort>(DicomTag.Rows), dataset.GetSingleValue<ushort>(DicomTag.Columns));
        Number(dataset, 0x0010, rows);
        Number(dataset, 0x0011, columns);
        dataset.AddOrUpdate(DicomVR.LO, new DicomTag(Group, 0x0022), Word);
        dataset.AddOrUpdate(DicomVR.CS, new DicomTag(Group, 0x0040), "G");
        dataset.AddOrUpdate<short>(DicomVR.SS, new DicomTag(Group, 0x0050), 1, 1);
        Number(dataset, 0x0100, 1);
        Number(dataset, 0x0102, 0);
        dataset.AddOrUpdate(DicomVR.LO, new DicomTag(Group, 0x1500), Word);
        var range = DerivedImage.Of(derivation.To).Range(derivation);
        dataset.AddOrUpdate(DicomVR.OW, new DicomTag(Group, 0x3000), Bits(Draw(rows, columns, range)));
    }

    /// <summary>The word, and below it where the values hold, at the lower edge in the middle: viewers write into the corners. The word
    /// takes a quarter of the width, or what its letters need.</summary>
    private static float[] Draw(int rows, int columns, string range)
    {
        var scale = Math.Max(1, columns / (4 * Glyph * Word.Length));
        var height = (1 + 2 * Line) * scale;
        var canvas = new Canvas(columns, Math.Max(rows, height));
        var top = Math.Max(0, rows - height);
        canvas.Write(Word, Middle(Word), top + scale, scale);
        canvas.Write(range, Middle(range), top + (1 + Line) * scale, scale);
        return canvas.Pixels.Pixels[..(rows * columns)];

        int Middle(string text) => Math.Max(scale, (columns - text.Length * Glyph * scale) / 2);
    }

    /// <summary>A bit a pixel, the first in the lowest bit of the first word (PS3.5 8.1.2).</summary>
    private static ushort[] Bits(float[] pixels)
    {
        var words = new ushort[(pixels.Length + 15) / 16];
        for (var i = 0; i < pixels.Length; i++)
            if (pixels[i] > 0)
                words[i / 16] |= (ushort)(1 << i % 16);
        return words;
    }

    private static void Number(DicomDataset dataset, ushort element, int value) =>
        dataset.AddOrUpdate(DicomVR.US, new DicomTag(Group, element), (ushort)value);
}
