namespace Gateway.Imaging.Volumes;

/// <summary>The stored values that fill up an image beyond what was reconstructed, ends included (PS3.3 C.7.5.1.1.2).</summary>
internal sealed record PixelPadding(long Low, long High)
{
    /// <summary>Pixel Padding Value (0028,0120) and its Range Limit (0028,0121), which may be the lower one; null without.</summary>
    public static PixelPadding? Of(DicomDataset header, bool signed)
    {
        if (Number(header, DicomTag.PixelPaddingValue, signed) is not { } value)
            return null;
        var limit = Number(header, DicomTag.PixelPaddingRangeLimit, signed) ?? value;
        return new(Math.Min(value, limit), Math.Max(value, limit));
    }

    public bool Contains(long stored) => stored >= Low && stored <= High;

    /// <summary>Marks what padding encloses the image: those candidates that hang together with one in a corner. Scanners also declare a
    /// value that tissue has (0, when nothing is padded), and inside the picture that is tissue.</summary>
    public static bool[] AroundImage(bool[] candidates, int width, int height)
    {
        var (around, open) = (new bool[candidates.Length], new Stack<int>());
        void Visit(int i)
        {
            if (!candidates[i] || around[i])
                return;
            around[i] = true;
            open.Push(i);
        }

        foreach (var corner in (int[])[0, width - 1, (height - 1) * width, height * width - 1])
            Visit(corner);
        while (open.TryPop(out var i))
        {
            var x = i % width;
            if (x > 0) Visit(i - 1);
            if (x < width - 1) Visit(i + 1);
            if (i >= width) Visit(i - width);
            if (i < candidates.Length - width) Visit(i + width);
        }

        return around;
    }

    /// <summary>By its bits: Pixel Representation says whether they have a sign, whichever VR the value came under.</summary>
    private static long? Number(DicomDataset header, DicomTag tag, bool signed)
    {
        if (header.GetDicomItem<DicomElement>(tag) is not { } element || element.ValueRepresentation.IsString
            || element.Buffer.Data is not [var low, var high, ..])
            return null;
        var bits = (ushort)(low | high << 8);
        return signed ? (short)bits : bits;
    }
}
