using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>One finding in one slice, and what lies around it.</summary>
/// <param name="Kind">Its number in the finding picture.</param>
/// <param name="Inside">Its pixels.</param>
/// <param name="Around">Pixels within a few millimetres that have no finding.</param>
internal sealed record FindingRegion(byte Kind, int[] Inside, int[] Around)
{
    private const int LeastPixels = 12;
    private const int LeastAround = 30;

    /// <summary>The border of a finding belongs to neither side.</summary>
    private const double FromMm = 2;
    private const double ToMm = 8;

    /// <summary>The findings of 4 mm and more; those in the brain are held against brain, others against what there is of the
    /// head.</summary>
    /// <param name="pair">With the kinds of its pixels.</param>
    public static IReadOnlyList<FindingRegion> Of(HeldOutPair pair)
    {
        if (pair.Findings is not { } kinds || pair.IsClean)
            return [];
        var head = pair.Pictures.Values.First();
        var found = new List<FindingRegion>();
        foreach (var kind in kinds.Distinct().Where(kind => kind != 0).Order())
            foreach (var piece in Morphology.Components(new(head.Width, head.Height, Array.ConvertAll(kinds, at => at == kind))))
                if (piece.Area >= LeastPixels && Of(pair, kind, piece, head) is { } region)
                    found.Add(region);
        return found;
    }

    /// <summary>Means inside less means around.</summary>
    public double Contrast(Image picture) => Mean(picture, Inside) - Mean(picture, Around);

    public double Level(Image picture) => Mean(picture, Inside);

    private static FindingRegion? Of(HeldOutPair pair, byte kind, Mask piece, Image head)
    {
        int[] inside = [.. Enumerable.Range(0, piece.Pixels.Length).Where(i => piece.Pixels[i])];
        var inBrain = inside.Count(i => pair.Brain.Pixels[i]) > inside.Length / 2;
        var (near, far) = (Morphology.Dilate(piece, FromMm), Morphology.Dilate(piece, ToMm));
        int[] around = [.. Enumerable.Range(0, far.Pixels.Length).Where(i => far.Pixels[i] && !near.Pixels[i] && pair.Findings![i] == 0
            && (inBrain ? pair.Brain.Pixels[i] : head.Pixels[i] > -1))];
        return around.Length >= LeastAround ? new(kind, inside, around) : null;
    }

    private static double Mean(Image picture, int[] where) => where.Average(i => (double)picture.Pixels[i]);
}
