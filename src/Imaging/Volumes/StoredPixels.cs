using System.Buffers.Binary;
using Gateway.Contracts.Reasons;
using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Volumes;

/// <summary>How an image's samples lie in its bytes (PS3.3 C.7.6.3), and what they mean (C.11.1: rescale).</summary>
internal sealed record StoredPixels
{
    private const int MaxSide = 8192;
    private const float AirHu = -1000;
    private const float MostHu = 3071;

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int Bytes { get; init; }

    public required int Stored { get; init; }

    public required int Shift { get; init; }

    public required bool Signed { get; init; }

    public required bool Inverted { get; init; }

    public required bool IsCt { get; init; }

    public PixelPadding? Padding { get; init; }

    /// <exception cref="VolumeException"><c>colour</c>, <c>pixel-format</c>.</exception>
    public static StoredPixels Of(DicomDataset header)
    {
        int Number(DicomTag tag) => header.TryGetSingleValue<ushort>(tag, out var value)
            ? value
            : throw new VolumeException(ReasonCode.PixelFormat, $"An image lacks {tag}.");

        var photometric = header.GetSingleValueOrDefault(DicomTag.PhotometricInterpretation, "").Trim();
        if (header.GetSingleValueOrDefault(DicomTag.SamplesPerPixel, (ushort)1) != 1 || photometric is not ("MONOCHROME1" or "MONOCHROME2"))
            throw new VolumeException(ReasonCode.Colour, "Only grey images are read.");
        var (signed, isCt) =
            (header.GetSingleValueOrDefault(DicomTag.PixelRepresentation, (ushort)0) == 1, header.GetSingleValueOrDefault(
                DicomTag.Modality, "") == "CT");
        var format = new StoredPixels
        {
            Width = Number(DicomTag.Columns),
            Height = Number(DicomTag.Rows),
            Bytes = Number(DicomTag.BitsAllocated) / 8,
            Stored = Number(DicomTag.BitsStored),
            Shift = header.GetSingleValueOrDefault(DicomTag.HighBit, (ushort)(Number(DicomTag.BitsStored) - 1)) + 1 - Number(
                DicomTag.BitsStored),
            Signed = signed,
            // Hounsfield units are what they are however a viewer shows them; other values are as dark as MONOCHROME1 says.
            Inverted = photometric == "MONOCHROME1" && !isCt,
            IsCt = isCt,
            Padding = PixelPadding.Of(header, signed),
        };
        var bits = format.Bytes * 8;
        if (bits != Number(DicomTag.BitsAllocated) || format.Bytes is not (1 or 2 or 4)
            || format.Stored < 1 || format.Shift < 0 || format.Stored + format.Shift > bits)
            throw new VolumeException(ReasonCode.PixelFormat, "Bits Allocated, Bits Stored and High Bit do not fit each other.");
        return format is { Width: > 0 and <= MaxSide, Height: > 0 and <= MaxSide }
            ? format
            : throw new VolumeException(ReasonCode.PixelFormat, $"{format.Width} x {format.Height} pixels; each side may be 1..{MaxSide}.");
    }

    /// <summary>One frame in the modality's units. Padding is air, or as dark as the darkest of the rest where air has no number.</summary>
    /// <param name="bytes">The frame, little endian.</param>
    /// <param name="header">The frame's own, for its slope and intercept.</param>
    /// <exception cref="VolumeException"><c>pixel-data-short</c>, <c>pixel-format</c>.</exception>
    public Image Read(ReadOnlySpan<byte> bytes, DicomDataset header)
    {
        if (bytes.Length < (long)Width * Height * Bytes)
            throw new VolumeException(ReasonCode.PixelDataShort, "The pixel data are shorter than rows and columns say.");
        var (slope, intercept) = (Number(header, DicomTag.RescaleSlope, 1), Number(header, DicomTag.RescaleIntercept, 0));
        if (slope == 0)
            throw new VolumeException(ReasonCode.PixelFormat, "The rescale slope is zero.");
        var ends = Signed ? -1 : (1L << Stored) - 1;
        var image = new Image(Width, Height);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var stored = Value(bytes[(i * Bytes)..]);
            image.Pixels[i] = (float)((Inverted ? ends - stored : stored) * slope + intercept);
        }
        if (Padding is not null)
            Clear(image, Padding, bytes);
        return image;
    }

    private static double Number(DicomDataset header, DicomTag tag, double absent)
    {
        if (!header.Contains(tag) || header.GetValueCount(tag) == 0)
            return absent;
        return header.TryGetValue<double>(tag, 0, out var value) && double.IsFinite(value)
            ? value : throw new VolumeException(ReasonCode.PixelFormat, $"{tag} is no usable number.");
    }

    private void Clear(Image image, PixelPadding padding, ReadOnlySpan<byte> bytes)
    {
        var candidates = new bool[image.Pixels.Length];
        for (var i = 0; i < candidates.Length; i++)
            candidates[i] = IsPadding(bytes[(i * Bytes)..], padding);
        var cleared = PixelPadding.AroundImage(candidates, Width, Height);
        for (var i = 0; i < cleared.Length; i++)
            cleared[i] |= IsCt && candidates[i] && image.Pixels[i] is < AirHu or > MostHu;
        var background = IsCt ? AirHu : image.Pixels.Where((_, i) => !cleared[i]).DefaultIfEmpty(0).Min();
        for (var i = 0; i < cleared.Length; i++)
            if (cleared[i] && (IsCt || image.Pixels[i] < 0 || image.Pixels[i] > background))    // an MR's 0 is dark enough
                image.Pixels[i] = background;
    }

    /// <summary>Padding may use bits above Bits Stored: then it is seen in the whole cell.</summary>
    private bool IsPadding(ReadOnlySpan<byte> cell, PixelPadding padding) =>
        padding.Contains(Value(cell)) || Shift == 0 && padding.Contains((Bytes, Signed) switch
        {
            (1, true) => (sbyte)cell[0],
            (2, true) => BinaryPrimitives.ReadInt16LittleEndian(cell),
            (4, true) => BinaryPrimitives.ReadInt32LittleEndian(cell),
            _ => Raw(cell),
        });

    private long Raw(ReadOnlySpan<byte> cell) => Bytes switch
    {
        1 => cell[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(cell),
        _ => BinaryPrimitives.ReadUInt32LittleEndian(cell),
    };

    private long Value(ReadOnlySpan<byte> cell)
    {
        var raw = Raw(cell);
        var value = (raw >> Shift) & ((1L << Stored) - 1);
        return Signed && value >> (Stored - 1) != 0 ? value - (1L << Stored) : value;
    }
}
