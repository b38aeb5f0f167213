using Gateway.Contracts.Reasons;
using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Volumes;

/// <summary>The slices of one DICOM image: PS3.3 C.7.6.2 (plane), C.7.6.3 (pixels), C.7.6.16 (frames of an enhanced image).</summary>
internal static class DicomSlice
{
    /// <summary>One slice of a single-frame image, one per frame of an enhanced image.</summary>
    /// <exception cref="VolumeException">See <see cref="Volume.FromDicom"/>.</exception>
    public static IEnumerable<VolumeSlice> ReadAll(DicomDataset image)
    {
        var (headers, enhanced) = (Headers(image), EnhancedImage.IsEnhanced(image));
        if (image.InternalTransferSyntax.IsEncapsulated)
            throw new VolumeException(ReasonCode.Compressed, "The pixel data are compressed.");
        var (format, pixels) = (StoredPixels.Of(image), DicomPixelData.Create(image));
        return headers.Select((header, frame) =>
        {
            var read = format.Read(Frame(pixels, frame), header);
            return Slice(header, enhanced ? frame + 1 : null, format.Width, format.Height, () => read);
        });
    }

    /// <summary>One header a slice.</summary>
    /// <exception cref="VolumeException"><c>multi-frame</c>, <c>no-pixel-data</c>.</exception>
    public static IReadOnlyList<DicomDataset> Headers(DicomDataset image)
    {
        var enhanced = EnhancedImage.IsEnhanced(image);
        var (headers, count) = (EnhancedImage.FrameHeaders(image), image.GetSingleValueOrDefault(DicomTag.NumberOfFrames, 1));
        if (!enhanced && count > 1)
            throw new VolumeException(ReasonCode.MultiFrame, "An image of more than one frame does not say where each of them lies.");
        if (enhanced && count != headers.Count)
            throw new VolumeException(ReasonCode.MultiFrame, $"{count} frames, but functional groups for {headers.Count}.");
        if (!image.Contains(DicomTag.PixelData))
            throw new VolumeException(ReasonCode.NoPixelData, "An image holds no pixel data.");
        return headers;
    }

    /// <summary>The bytes of a frame, compressed where the image is; empty where there are none.</summary>
    public static byte[] Frame(DicomPixelData pixels, int frame)
    {
        try
        {
            return pixels.GetFrame(frame).Data;
        }
        catch (DicomDataException)
        {
            return [];
        }
    }

    /// <param name="header">The slice's own.</param>
    /// <param name="frame">Its number, from 1; null for a single-frame image.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="read">Reads its samples.</param>
    /// <exception cref="VolumeException"><c>no-geometry</c>.</exception>
    public static VolumeSlice Slice(DicomDataset header, int? frame, int width, int height, Func<Image> read)
    {
        var (row, column) = Orientation(header);
        var position = Numbers(header, DicomTag.ImagePositionPatient, 3);
        var spacing = Numbers(header, DicomTag.PixelSpacing, 2);
        if (spacing.Any(value => value is < 0.01 or > 100))
            throw new VolumeException(ReasonCode.NoGeometry, "The pixel spacing is not a usable size.");
        return new(width, height, read)
        {
            Position = new(position[0], position[1], position[2]),
            RowDirection = row,
            ColumnDirection = column,
            RowSpacing = spacing[0],
            ColumnSpacing = spacing[1],
            Header = header,
            SopInstanceUid = header.GetSingleValueOrDefault(DicomTag.SOPInstanceUID, ""),
            FrameNumber = frame,
        };
    }

    private static (Vector3D Row, Vector3D Column) Orientation(DicomDataset header)
    {
        var cosines = Numbers(header, DicomTag.ImageOrientationPatient, 6);
        var (row, column) = (new Vector3D(cosines[0], cosines[1], cosines[2]), new Vector3D(cosines[3], cosines[4], cosines[5]));
        if (Math.Abs(row.Length - 1) > 0.01 || Math.Abs(column.Length - 1) > 0.01 || Math.Abs(row.Dot(column)) > 0.01)
            throw new VolumeException(ReasonCode.NoGeometry, "The image orientation is not a pair of unit vectors at right angles.");
        return (row.Unit(), column.Unit());
    }

    private static double[] Numbers(DicomDataset header, DicomTag tag, int count) =>
        header.TryGetValues<double>(tag, out var values) && values.Length == count && values.All(double.IsFinite)
            ? values
            : throw new VolumeException(ReasonCode.NoGeometry, $"An image lacks {tag} with {count} numbers.");
}
