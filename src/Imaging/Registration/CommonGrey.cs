using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Registration;

/// <summary>The grey values of a volume's heads on one scale, lest a slice of the neck be as bright as one of the brain.</summary>
public static class CommonGrey
{
    private const double LargeHead = 0.6;

    /// <param name="heads">At least one, of one volume.</param>
    /// <returns>Makes of any of them a picture in [0, 1], 0 outside the head.</returns>
    public static Func<HeadSlice, Image> Of(IReadOnlyList<HeadSlice> heads)
    {
        var largest = heads.Max(head => head.Area);
        var ranges = heads.Where(head => head.Area >= LargeHead * largest).Select(head => head.Range).ToArray();
        var low = Percentiles.Of(ranges.Select(range => range.Low), 0.5);
        var high = Percentiles.Of(ranges.Select(range => range.High), 0.5);
        return head => head.Mask.Apply(head.Slice.Image.Normalise(low, high), outside: 0);
    }
}
