using System.Globalization;
using System.Runtime.InteropServices;
using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests.Pipeline;

/// <summary>Ways in which devices write the very same head. Each changes the images of a phantom series in place.</summary>
internal static class OddlyWritten
{
    /// <summary>By a name for the test's row; for a CT or for an MR.</summary>
    public static readonly IReadOnlyDictionary<string, (PhantomKind Kind,
        Action<DicomDataset, int> Change)> Ways = new Dictionary<string, (PhantomKind, Action<DicomDataset, int>)>
        {
            ["signed, 12 of 16 bits, without extension of the sign"] = (PhantomKind.HeadCt, (d, _) => Rewrite(
                d.With(DicomTag.PixelRepresentation, 1).With(DicomTag.RescaleIntercept, 0), v => Math.Min(v - 1024, 2047) & 0xFFF)),
            ["signed Hounsfield units without rescale"] = (PhantomKind.HeadCt, (d, _) => Rewrite(
                d.With(DicomTag.PixelRepresentation, 1).Sixteen().Remove(DicomTag.RescaleIntercept, DicomTag.RescaleSlope), v => v - 1024)),
            ["rescale that is empty"] = (PhantomKind.HeadCt, (d, _) => Rewrite(
                d.With(DicomTag.PixelRepresentation, 1).Sixteen().Raw(DicomTag.RescaleIntercept, "").Raw(DicomTag.RescaleSlope, ""),
                v => v - 1024)),
            ["half a unit a step"] = (PhantomKind.HeadCt, (d, _) => Rewrite(d.Sixteen().Raw(DicomTag.RescaleSlope, "0.5"), v => 2 * v)),
            ["another intercept on every slice"] = (PhantomKind.HeadCt, (d, i) => Rewrite(
                d.Sixteen().With(DicomTag.RescaleIntercept, -1024 - i), v => v + i)),
            ["another slope on every slice"] = (PhantomKind.T2, (d, i) => Rewrite(
                d.Sixteen().Raw(DicomTag.RescaleSlope, (1 / (1.0 + i % 7)).ToString("G6", CultureInfo.InvariantCulture))
                    .Raw(DicomTag.RescaleIntercept, "0"), v => v * (1 + i % 7))),
            ["decimal commas"] = (PhantomKind.T2, (d, _) => d.Raw(DicomTag.PixelSpacing, @"1,8\1,8").Raw(DicomTag.SliceThickness, "5,0")),
            ["numbers of too many digits, padded with NUL"] = (PhantomKind.T2, (d, _) => d.Raw(
                DicomTag.PixelSpacing, "+1.80000000000000000000\\1.8\0\0")),
            ["padding of -2000 around the circle"] = (PhantomKind.HeadCt, (d, _) => Rewrite(
                Pad(d.With(DicomTag.PixelRepresentation, 1).Sixteen().With(DicomTag.RescaleIntercept, 0), -2000), v => v - 1024, -2000)),
            ["padding of 63536 around the circle"] = (PhantomKind.HeadCt, (d, _) => Rewrite(Pad(d.Sixteen(), 63536), v => v, 63536)),
            ["the head beside a curved table"] = (PhantomKind.HeadCt, (d, _) => Table(d)),
            ["one slice twice under two names"] = (PhantomKind.T2, (_, _) => { }),
        };

    private static DicomDataset With(this DicomDataset d, DicomTag tag, int value) =>
        tag == DicomTag.PixelRepresentation ? d.AddOrUpdate(tag, (ushort)value) : d.AddOrUpdate(tag, (decimal)value);

    private static DicomDataset Raw(this DicomDataset d, DicomTag tag, string text) => d.NotValidated().AddOrUpdate(tag, text);

    private static DicomDataset Sixteen(this DicomDataset d) =>
        d.AddOrUpdate(DicomTag.BitsStored, (ushort)16).AddOrUpdate(DicomTag.HighBit, (ushort)15);

    private static DicomDataset Pad(DicomDataset d, int value) => value < 0
        ? d.AddOrUpdate(DicomVR.SS, DicomTag.PixelPaddingValue, (short)value)
        : d.AddOrUpdate(DicomVR.US, DicomTag.PixelPaddingValue, (ushort)value);

    /// <param name="d">One image.</param>
    /// <param name="stored">New stored value of an old one.</param>
    /// <param name="padding">Stored value outside of the circle of reconstruction.</param>
    private static void Rewrite(DicomDataset d, Func<int, int> stored, int? padding = null)
    {
        var (rows, columns) = (d.GetSingleValue<ushort>(DicomTag.Rows), d.GetSingleValue<ushort>(DicomTag.Columns));
        var pixels = MemoryMarshal.Cast<byte, ushort>(d.GetValues<byte>(DicomTag.PixelData)).ToArray();
        for (var i = 0; i < pixels.Length; i++)
        {
            var (y, x) = (i / columns - (rows - 1) / 2.0, i % columns - (columns - 1) / 2.0);
            pixels[i] = unchecked((ushort)(padding is { } outside && Math.Sqrt(x * x + y * y) > rows / 2.0 ? outside : stored(pixels[i])));
        }
        d.AddOrUpdate(DicomVR.OW, DicomTag.PixelData, pixels);
    }

    /// <summary>Two skins of 150 HU with foam between them, an arc below the lowest point of the head.</summary>
    private static void Table(DicomDataset d)
    {
        var columns = d.GetSingleValue<ushort>(DicomTag.Columns);
        var pixels = MemoryMarshal.Cast<byte, ushort>(d.GetValues<byte>(DicomTag.PixelData)).ToArray();
        var lowest = Math.Max(
            Enumerable.Range(0, pixels.Length).Where(i => pixels[i] > 824).Select(i => i / columns).DefaultIfEmpty(0).Max(),
            columns * 3 / 4);
        for (var i = 0; i < pixels.Length; i++)
        {
            var (y, x) = (i / columns, i % columns - columns / 2.0);
            var depth = y - (lowest + 2 - x * x / columns);
            if (pixels[i] < 724 && depth is >= 0 and < 6 && Math.Abs(x) < columns * 0.4)
                pixels[i] = (ushort)(depth is < 1 or >= 5 ? 1174 : 174);
        }
        d.AddOrUpdate(DicomVR.OW, DicomTag.PixelData, pixels);
    }
}
