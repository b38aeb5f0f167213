using System.Buffers.Binary;

namespace Gateway.Imaging;

/// <summary>One single-frame DICOM image as a slice: PS3.3 C.7.6.2 (plane), C.7.6.3 (pixels), C.11.1 (rescale).</summary>
internal static class DicomSlice
{
    private const int MaxSide = 8192;

    /// <exception cref="VolumeException">See <see cref="Volume.FromDicom"/>.</exception>
    public static VolumeSlice Read(DicomDataset header)
    {
        var image = ReadImage(header);
        var (row, column) = Orientation(header);
        var position = Numbers(header, DicomTag.ImagePositionPatient, 3);
        var spacing = Numbers(header, DicomTag.PixelSpacing, 2);
        if (spacing.Any(value => value is < 0.01 or > 100))
            throw new VolumeException("no-geometry", "The pixel spacing is not a usable size.");
        return new()
        {
            Image = image,
            Position = new(position[0], position[1], position[2]),
            RowDirection = row,
            ColumnDirection = column,
            RowSpacing = spacing[0],
            ColumnSpacing = spacing[1],
            Header = header,
            SopInstanceUid = header.GetSingleValueOrDefault(DicomTag.SOPInstanceUID, ""),
        };
    }

    private static (Vector3D Row, Vector3D Column) Orientation(DicomDataset header)
    {
        var cosines = Numbers(header, DicomTag.ImageOrientationPatient, 6);
        var (row, column) = (new Vector3D(cosines[0], cosines[1], cosines[2]), new Vector3D(cosines[3], cosines[4], cosines[5]));
        if (Math.Abs(row.Length - 1) > 0.01 || Math.Abs(column.Length - 1) > 0.01 || Math.Abs(row.Dot(column)) > 0.01)
            throw new VolumeException("no-geometry", "The image orientation is not a pair of unit vectors at right angles.");
        return (row.Unit(), column.Unit());
    }

    private static double[] Numbers(DicomDataset header, DicomTag tag, int count) =>
        header.TryGetValues<double>(tag, out var values) && values.Length == count && values.All(double.IsFinite)
            ? values
            : throw new VolumeException("no-geometry", $"An image lacks {tag} with {count} numbers.");

    private static Image ReadImage(DicomDataset header)
    {
        if (header.Contains(DicomTag.PerFrameFunctionalGroupsSequence) || header.GetSingleValueOrDefault(DicomTag.NumberOfFrames, 1) > 1)
            throw new VolumeException("multi-frame", "Images of more than one frame are not read.");
        if (!header.Contains(DicomTag.PixelData))
            throw new VolumeException("no-pixel-data", "An image holds no pixel data.");
        if (header.InternalTransferSyntax.IsEncapsulated)
            throw new VolumeException("compressed", "The pixel data are compressed.");
        var format = Format(header);
        var pixels = DicomPixelData.Create(header);
        byte[] bytes;
        try
        {
            bytes = pixels.GetFrame(0).Data;
        }
        catch (DicomDataException)
        {
            bytes = [];
        }
        if (bytes.Length < (long)format.Width * format.Height * format.Bytes)
            throw new VolumeException("pixel-data-short", "The pixel data are shorter than rows and columns say.");
        return Rescale(header, format, bytes);
    }

    private static PixelFormat Format(DicomDataset header)
    {
        int Number(DicomTag tag) => header.TryGetSingleValue<ushort>(tag, out var value)
            ? value
            : throw new VolumeException("pixel-format", $"An image lacks {tag}.");

        var photometric = header.GetSingleValueOrDefault(DicomTag.PhotometricInterpretation, "").Trim();
        if (header.GetSingleValueOrDefault(DicomTag.SamplesPerPixel, (ushort)1) != 1 || photometric is not ("MONOCHROME1" or "MONOCHROME2"))
            throw new VolumeException("colour", "Only grey images are read.");
        var format = new PixelFormat
        {
            Width = Number(DicomTag.Columns),
            Height = Number(DicomTag.Rows),
            Bytes = Number(DicomTag.BitsAllocated) / 8,
            Stored = Number(DicomTag.BitsStored),
            Shift = header.GetSingleValueOrDefault(DicomTag.HighBit, (ushort)(Number(DicomTag.BitsStored) - 1)) + 1 - Number(DicomTag.BitsStored),
            Signed = header.GetSingleValueOrDefault(DicomTag.PixelRepresentation, (ushort)0) == 1,
            Inverted = photometric == "MONOCHROME1",
        };
        var bits = format.Bytes * 8;
        if (bits != Number(DicomTag.BitsAllocated) || format.Bytes is not (1 or 2 or 4)
            || format.Stored < 1 || format.Shift < 0 || format.Stored + format.Shift > bits)
            throw new VolumeException("pixel-format", "Bits Allocated, Bits Stored and High Bit do not fit each other.");
        return format is { Width: > 0 and <= MaxSide, Height: > 0 and <= MaxSide }
            ? format
            : throw new VolumeException("pixel-format", $"{format.Width} x {format.Height} pixels; each side may be 1..{MaxSide}.");
    }

    private static Image Rescale(DicomDataset header, PixelFormat format, byte[] bytes)
    {
        var slope = header.GetSingleValueOrDefault(DicomTag.RescaleSlope, 1.0);
        var intercept = header.GetSingleValueOrDefault(DicomTag.RescaleIntercept, 0.0);
        if (!double.IsFinite(slope) || slope == 0 || !double.IsFinite(intercept))
            throw new VolumeException("pixel-format", "The rescale slope and intercept are not usable numbers.");
        // Hounsfield units are what they are however a viewer shows them; other values are as dark as MONOCHROME1 says.
        var invert = format.Inverted && header.GetSingleValueOrDefault(DicomTag.Modality, "") != "CT";
        var ends = format.Signed ? -1 : (1L << format.Stored) - 1;
        var image = new Image(format.Width, format.Height);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var stored = format.Value(bytes.AsSpan(i * format.Bytes));
            image.Pixels[i] = (float)((invert ? ends - stored : stored) * slope + intercept);
        }
        return image;
    }

    private readonly record struct PixelFormat
    {
        public required int Width { get; init; }

        public required int Height { get; init; }

        public required int Bytes { get; init; }

        public required int Stored { get; init; }

        public required int Shift { get; init; }

        public required bool Signed { get; init; }

        public required bool Inverted { get; init; }

        public long Value(ReadOnlySpan<byte> cell)
        {
            long raw = Bytes switch
            {
                1 => cell[0],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(cell),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(cell),
            };
            var value = (raw >> Shift) & ((1L << Stored) - 1);
            return Signed && value >> (Stored - 1) != 0 ? value - (1L << Stored) : value;
        }
    }
}
