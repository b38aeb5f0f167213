using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Workshop.LabelHeads;

namespace Gateway.Workshop.TrainingSets;

/// <summary>A painted slice brought into the generator's frame by one linear map for both modalities, so that they stay aligned.</summary>
/// <param name="slice">On its own grid.</param>
/// <param name="t2Head">The head as the gateway finds it in the T2 slice.</param>
/// <param name="toSource">Reference pixel to slice pixel.</param>
/// <param name="range">T2 values that become 0 and 255.</param>
internal sealed class PlacedSlice(PaintedSlice slice, Mask t2Head, AffineTransform2D toSource, GreyRange range)
{
    private const int Side = Reference.Side;

    /// <summary>0..255; 0 outside the head.</summary>
    public Image T2 => Grey(slice.T2, range, t2Head);

    /// <summary>0..255 over a window in HU; 0 outside the head.</summary>
    public Image Ct(GreyRange window) => Grey(slice.Ct, window, slice.Head);

    /// <summary>Of the nearest pixels; 0 beside the slice.</summary>
    /// <param name="codes">One a pixel of the slice.</param>
    public Image Codes(byte[] codes)
    {
        var placed = new Image(Side, Side);
        for (var i = 0; i < placed.Pixels.Length; i++)
        {
            var (x, y) = toSource.Apply(i % Side, i / Side);
            var (column, row) = ((int)Math.Floor(x + 0.5), (int)Math.Floor(y + 0.5));
            if ((uint)column < Side && (uint)row < Side)
                placed.Pixels[i] = codes[(row * Side) + column];
        }
        return placed;
    }

    /// <summary>Clips before it interpolates, and masks by the nearest pixel, as <see cref="MappedSlice.Input"/> does.</summary>
    private Image Grey(Image image, GreyRange greys, Mask head)
    {
        var placed = Resampler.Cubic(image.Map(greys.ToUnit), toSource, toSource.Apply, Side, Side, outside: -1);
        return Resampler.Nearest(head, toSource, Side, Side).Apply(placed, -1).Map(unit => (unit + 1) * 127.5f);
    }
}
