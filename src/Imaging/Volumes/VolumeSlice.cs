using System.Diagnostics.CodeAnalysis;
using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Volumes;

/// <summary>One plane of a volume and where it lies in the patient (PS3.3 C.7.6.2: Image Plane).</summary>
public sealed class VolumeSlice
{
    private readonly Func<Image> _read = null!;

    public VolumeSlice()
    {
    }

    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="read">Reads the samples whenever they are asked for.</param>
    [SetsRequiredMembers]
#pragma warning disable CS8618    // what is read is the image
    internal VolumeSlice(int width, int height, Func<Image> read) => (Width, Height, _read) = (width, height, read);
#pragma warning restore CS8618

    /// <summary>Samples in the modality's units: HU for CT, raw for MR. Those of a <see cref="StoredImage"/> may be read from its file each
    /// time.</summary>
    public required Image Image
    {
        get => _read();
        init => (Width, Height, _read) = (value.Width, value.Height, () => value);
    }

    /// <summary>Columns, known without reading.</summary>
    public int Width { get; private init; }

    /// <summary>Rows, known without reading.</summary>
    public int Height { get; private init; }

    /// <summary>Centre of the first pixel (Image Position (Patient)), mm.</summary>
    public required Vector3D Position { get; init; }

    /// <summary>Unit vector along a row, to increasing x of the image.</summary>
    public required Vector3D RowDirection { get; init; }

    /// <summary>Unit vector down a column, to increasing y of the image.</summary>
    public required Vector3D ColumnDirection { get; init; }

    /// <summary>Distance between rows (first value of Pixel Spacing), mm.</summary>
    public required double RowSpacing { get; init; }

    /// <summary>Distance between columns (second value of Pixel Spacing), mm.</summary>
    public required double ColumnSpacing { get; init; }

    /// <summary>The image's own attributes; for a frame of an enhanced image, those it would have
    /// as a single-frame image. Null for slices from
    /// another kind of file.</summary>
    public DicomDataset? Header { get; init; }

    public string? SopInstanceUid { get; init; }

    /// <summary>Number of the frame within its enhanced image, from 1 (Referenced Frame Number); null for a single-frame image.</summary>
    public int? FrameNumber { get; init; }

    public Vector3D Normal => RowDirection.Cross(ColumnDirection);

    /// <summary>Angle between the slice's normal and the head-foot axis, degrees, 0..90.</summary>
    public double AngleFromAxial => Math.Acos(Math.Min(1, Math.Abs(Normal.Unit().Z))) * 180 / Math.PI;

    /// <summary>Patient point of a pixel (pixel centres have whole coordinates), in mm.</summary>
    public Vector3D ToPatient(double x, double y) =>
        Position + RowDirection * (x * ColumnSpacing) + ColumnDirection * (y * RowSpacing);
}
