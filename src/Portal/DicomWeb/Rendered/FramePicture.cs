namespace Gateway.Portal.DicomWeb;

/// <summary>A decoded frame as a picture to look at (PS3.3 section C.11): grey through rescale and window, colour as it is.</summary>
internal static class FramePicture
{
    /// <param name="frame">The frame's bytes without compression, little endian.</param>
    /// <param name="image">Describes them.</param>
    /// <param name="window">Asked for; null: the image's own, or all its values.</param>
    /// <exception cref="DicomDataException">The bytes are too few, or pixels of this kind are not rendered.</exception>
    public static Picture8 Of(byte[] frame, DicomDataset image, Window? window)
    {
        var pixels = DicomPixelData.Create(image);
        var (width, height, samples) = (pixels.Width, pixels.Height, pixels.SamplesPerPixel);
        if (pixels.BitsAllocated is not (8 or 16) || width * height == 0
            || frame.Length < (long)width * height * samples * (pixels.BitsAllocated / 8))
            throw new DicomDataException("Pixels of this kind are not rendered.");
        var photometric = image.GetSingleValueOrDefault(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        return (photometric, samples) switch
        {
            ("MONOCHROME1" or "MONOCHROME2", 1) =>
                new(width, height, 1, Grey(Values(frame, pixels), image, window, photometric == "MONOCHROME1")),
            ("RGB" or "YBR_FULL", 3) when pixels.BitsAllocated == 8 => new(width, height, 3, Colour(frame, pixels, photometric)),
            _ => throw new DicomDataException("Pixels of this kind are not rendered."),
        };
    }

    private static byte[] Grey(int[] stored, DicomDataset image, Window? window, bool isInverse)
    {
        var slope = image.GetValueOrDefault(DicomTag.RescaleSlope, 0, 1.0);
        var intercept = image.GetValueOrDefault(DicomTag.RescaleIntercept, 0, 0.0);
        window ??= Window.Of(image) ?? All(stored, slope, intercept);
        var greys = new Dictionary<int, byte>();
        return Array.ConvertAll(stored, value =>
        {
            if (!greys.TryGetValue(value, out var grey))
            {
                grey = (byte)Math.Round(window.Grey((value * slope) + intercept));
                greys[value] = grey = isInverse ? (byte)(255 - grey) : grey;
            }
            return grey;
        });
    }

    private static Window All(int[] stored, double slope, double intercept)
    {
        var (one, other) = ((stored.Min() * slope) + intercept, (stored.Max() * slope) + intercept);
        return new((one + other) / 2, Math.Max(Math.Abs(other - one), 1), Window.LinearExact);
    }

    /// <summary>The bits that count, with their sign.</summary>
    private static int[] Values(byte[] frame, DicomPixelData pixels)
    {
        var (bytes, bits) = (pixels.BitsAllocated / 8, (int)pixels.BitsStored);
        var shift = pixels.HighBit + 1 - bits;
        if (bits < 1 || shift < 0 || pixels.HighBit >= pixels.BitsAllocated)
            throw new DicomDataException("Pixels of this kind are not rendered.");
        var values = new int[pixels.Width * pixels.Height];
        var isSigned = pixels.PixelRepresentation == PixelRepresentation.Signed;
        for (var i = 0; i < values.Length; i++)
        {
            var word = bytes == 2 ? frame[2 * i] | (frame[(2 * i) + 1] << 8) : frame[i];
            var value = (word >> shift) & ((1 << bits) - 1);
            values[i] = isSigned && (value >> (bits - 1)) == 1 ? value - (1 << bits) : value;
        }
        return values;
    }

    /// <summary>Interleaved red, green and blue.</summary>
    private static byte[] Colour(byte[] frame, DicomPixelData pixels, string photometric)
    {
        var count = pixels.Width * pixels.Height;
        var rgb = new byte[3 * count];
        var isPlanar = pixels.PlanarConfiguration == PlanarConfiguration.Planar;
        for (var i = 0; i < count; i++)
        {
            byte At(int sample) => frame[isPlanar ? (sample * count) + i : (3 * i) + sample];
            var (r, g, b) = photometric == "RGB" ? (At(0), At(1), At(2)) : Rgb(At(0), At(1) - 128, At(2) - 128);
            (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]) = (r, g, b);
        }
        return rgb;
    }

    /// <summary>ITU-T T.871, 7.</summary>
    private static (byte R, byte G, byte B) Rgb(double y, double cb, double cr)
    {
        static byte Byte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
        return (Byte(y + (1.402 * cr)), Byte(y - (0.344136 * cb) - (0.714136 * cr)), Byte(y + (1.772 * cb)));
    }
}
