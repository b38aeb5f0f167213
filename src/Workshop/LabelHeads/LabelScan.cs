using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.Workshop.LabelHeads;

/// <summary>A stack of slices of one head, both modalities on the same grid. x to the patient's left, y to the back, z to the head; 0, 0, 0
/// is the middle of the pictures at level 0.</summary>
public sealed class LabelScan
{
    private readonly IReadOnlyList<(float Level, PaintedSlice Slice)> _slices;
    private readonly (float Across, float Down) _pixel;

    internal LabelScan(IReadOnlyList<(float Level, PaintedSlice Slice)> slices, (float Across, float Down) pixel) =>
        (_slices, _pixel) = (slices, pixel);

    /// <summary>The middle of the thalami, mm; the head's own small deformations may move it by 2 mm.</summary>
    public required Vector3D Middle { get; init; }

    /// <exception cref="KeyNotFoundException">Heads are painted in two modalities only.</exception>
    public Volume Volume(Modality modality)
    {
        var pictures = new Dictionary<Modality, Func<PaintedSlice, Image>>
        {
            [ShippedModalities.T2.Modality] = slice => slice.T2,
            [ShippedModalities.Ct.Modality] = slice => slice.Ct,
        };
        var picture = pictures[modality];
        return new(_slices.Select(at => Slice(picture(at.Slice), at.Level)));
    }

    private VolumeSlice Slice(Image picture, float level)
    {
        var (width, height) = ((int)(picture.Width / _pixel.Across), (int)(picture.Height / _pixel.Down));
        var map = new AffineTransform2D(
            _pixel.Across, 0, (_pixel.Across - 1) / 2, 0, _pixel.Down, (_pixel.Down - 1) / 2);
        return new()
        {
            Image = _pixel == (1, 1) ? picture : Resampler.Bilinear(picture, map, width, height, picture[0, 0]),
            Position = new((_pixel.Across - picture.Width) / 2, (_pixel.Down - picture.Height) / 2, level),
            RowDirection = new(1, 0, 0),
            ColumnDirection = new(0, 1, 0),
            RowSpacing = _pixel.Down,
            ColumnSpacing = _pixel.Across,
        };
    }
}
