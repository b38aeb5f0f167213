using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Registration;

/// <summary>A slice with its head found and its values scaled to [0, 1], as registration needs it.</summary>
public sealed class HeadSlice
{
    private readonly PackedMask _mask;
    private readonly int _pixels;

    /// <param name="slice">In the modality's units.</param>
    /// <param name="profile">The profile of its modality.</param>
    /// <param name="window">HU that become 0 and 1, used where values are HU.</param>
    public HeadSlice(VolumeSlice slice, ModalityProfile profile, GreyRange window)
    {
        var image = slice.Image;
        var mask = profile.FindHead(image, slice.ColumnSpacing, slice.RowSpacing);
        (Slice, Range, _mask, _pixels, Centroid) = (slice, profile.RangeOf(image, mask, window), new(mask), mask.Area, mask.Centroid());
    }

    public VolumeSlice Slice { get; }

    /// <summary>The head on the slice's own grid.</summary>
    public Mask Mask => _mask.Unpack();

    /// <summary>Mean position of the head's pixels.</summary>
    public (double X, double Y) Centroid { get; }

    /// <summary>The values that became 0 and 1.</summary>
    public GreyRange Range { get; }

    /// <summary>[0, 1] inside the head, 0 outside; made whenever it is asked for, so that a volume's heads need little memory.</summary>
    public Image Normalised => Mask.Apply(Slice.Image.Normalise(Range.Low, Range.High), outside: 0);

    /// <summary>Head area, mm².</summary>
    public double Area => _pixels * Slice.RowSpacing * Slice.ColumnSpacing;

    /// <summary>
    /// Reference pixel (1.0 mm, x to the patient's left, y to the back) to this slice's pixel, by the header alone: the axes as stored
    /// (swapped or mirrored where the header says so), and the head's centroid placed on <paramref name="centre"/>.
    /// </summary>
    public AffineTransform2D FromReference((double X, double Y) centre)
    {
        var (row, column) = (Slice.RowDirection, Slice.ColumnDirection);
        var upright = Math.Abs(row.X) + Math.Abs(column.Y) >= Math.Abs(row.Y) + Math.Abs(column.X);
        var (xx, xy, yx, yy) = upright
            ? (Sign(row.X), 0.0, 0.0, Sign(column.Y))
            : (0.0, Sign(row.Y), Sign(column.X), 0.0);
        var (headX, headY) = Centroid;
        var toCentre = AffineTransform2D.Translation(-centre.X, -centre.Y);
        return toCentre.Then(
            new(xx / Slice.ColumnSpacing, xy / Slice.ColumnSpacing, headX, yx / Slice.RowSpacing, yy / Slice.RowSpacing, headY));

        static double Sign(double value) => value < 0 ? -1 : 1;
    }
}
