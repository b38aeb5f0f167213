using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>The slices of one modality in a <see cref="HeldOutSet"/>.</summary>
/// <param name="Slices">Its sources.</param>
/// <param name="Mean">The mean picture that the constant baseline returns when it makes this modality.</param>
public sealed record HeldOutSide(IReadOnlyList<HeldOutSlice> Slices, Image Mean)
{
    /// <param name="images">Square, of one size; at least one.</param>
    /// <param name="side">Pixels.</param>
    public static Image MeanOf(IEnumerable<Image> images, int side)
    {
        ArgumentNullException.ThrowIfNull(images);
        var (sum, count) = (new Image(side, side), 0);
        foreach (var image in images)
        {
            for (var i = 0; i < sum.Pixels.Length; i++)
                sum.Pixels[i] += image.Pixels[i];
            count++;
        }
        return sum.Map(value => value / count);
    }
}
