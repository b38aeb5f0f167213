using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Registration;

/// <summary>A slice with its head found and its values brought to [0, 1]: what registration looks at.</summary>
public sealed class HeadSlice
{
    public HeadSlice(VolumeSlice slice, Modality modality, HuWindow window)
    {
        (Slice, Mask) = (slice, HeadMask.Of(slice, modality));
        var inside = slice.Image.Pixels.Where((_, i) => Mask.Pixels[i]);
        float[] range = modality == Modality.Ct ? [window.Low, window.High]
            : Mask.Area == 0 ? [0, 0]
            : Percentiles.Of(inside, [0.005, 0.995]);
        (Low, High) = (range[0], range[1]);
        Normalised = Mask.Apply(slice.Image.Normalise(Low, High), outside: 0);
    }

    public VolumeSlice Slice { get; }

    /// <summary>The head on the slice's own grid.</summary>
    public Mask Mask { get; }

    /// <summary>Value that became 0: the window's lower end, or the 0.5 percentile inside the head.</summary>
    public float Low { get; }

    /// <summary>Value that became 1: the window's upper end, or the 99.5 percentile inside the head.</summary>
    public float High { get; }

    /// <summary>[0, 1] inside the head, 0 outside.</summary>
    public Image Normalised { get; }

    /// <summary>Head area, mm².</summary>
    public double Area => Mask.Area * Slice.RowSpacing * Slice.ColumnSpacing;

    /// <summary>
    /// Reference pixel (1.0 mm, x to the patient's left, y to the back) to this slice's pixel, by the header alone:
    /// the axes as stored (swapped or mirrored where the header says so), the head's centroid on <paramref name="centre"/>.
    /// </summary>
    public AffineTransform2D FromReference((double X, double Y) centre)
    {
        var (row, column) = (Slice.RowDirection, Slice.ColumnDirection);
        var upright = Math.Abs(row.X) + Math.Abs(column.Y) >= Math.Abs(row.Y) + Math.Abs(column.X);
        var (xx, xy, yx, yy) = upright
            ? (Sign(row.X), 0.0, 0.0, Sign(column.Y))
            : (0.0, Sign(row.Y), Sign(column.X), 0.0);
        var (headX, headY) = Mask.Centroid();
        var toCentre = AffineTransform2D.Translation(-centre.X, -centre.Y);
        return toCentre.Then(new(xx / Slice.ColumnSpacing, xy / Slice.ColumnSpacing, headX, yx / Slice.RowSpacing, yy / Slice.RowSpacing, headY));

        static double Sign(double value) => value < 0 ? -1 : 1;
    }
}
