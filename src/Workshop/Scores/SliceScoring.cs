using Gateway.Imaging.Gates;
using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>Scores translations slice by slice, several at a time.</summary>
/// <param name="targetUnits">Extent of the target's range: HU for CT, 1 for T2.</param>
/// <param name="threads">At least 1.</param>
public sealed class SliceScoring(double targetUnits, int threads)
{
    /// <param name="way">Safe to call from several threads.</param>
    /// <param name="slices">Prepared slices, 256 x 256.</param>
    /// <param name="cycles">So many of them are also translated back, twice; the first ones.</param>
    /// <param name="cancel">Between two slices.</param>
    public IReadOnlyList<SliceScores> Score(RoundTrip way, IReadOnlyList<HeldOutSlice> slices, int cycles, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(way);
        ArgumentNullException.ThrowIfNull(slices);
        var scores = new SliceScores[slices.Count];
        Parallel.For(
            0, slices.Count, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            i => scores[i] = Score(way, slices[i], i, i < cycles));
        return scores;
    }

    /// <summary>Only the comparison with the truth, for baselines.</summary>
    /// <param name="slice">With a truth.</param>
    /// <param name="made">[-1, 1].</param>
    public PairedScores AgainstTruth(HeldOutSlice slice, Image made)
    {
        ArgumentNullException.ThrowIfNull(slice);
        return TranslationEvaluation.AgainstTruth(slice, Grey(made), Grey(slice.Truth!), targetUnits);
    }

    /// <summary>The radiomic figures of a prepared or made picture.</summary>
    /// <param name="picture">256 x 256 in [-1, 1], with its background.</param>
    public static double[] Texture(Image picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Radiomics.Of(picture.Pixels, PreparedHead.Of(picture));
    }

    private SliceScores Score(RoundTrip way, HeldOutSlice slice, int index, bool cycle)
    {
        var (source, made) = (Grey(slice.Source), way.There(slice.Source));
        var like = slice.Truth ?? slice.Source;
        var head = PreparedHead.Of(slice.Source);
        return new()
        {
            Subject = slice.Name,
            Source = slice.Source,
            Truth = slice.Truth,
            Made = made,
            InputOutput = StructuralSimilarity.Of(source, Grey(made)),
            Mind = new MindDescriptor(slice.Source).Distance(new MindDescriptor(made)),
            Edges = ImageMetrics.Ncc(Slopes(made), Slopes(like), head),
            Dice = ImageMetrics.Dice(PreparedHead.Of(made), PreparedHead.Of(like)),
            Texture = Radiomics.Of(made.Pixels, head),
            Cycle = cycle ? StructuralSimilarity.Of(source, Grey(way.Back(made))) : null,
            CycleDisturbed = cycle ? StructuralSimilarity.Of(source, Grey(way.Back(TranslationEvaluation.Disturb(made, index)))) : null,
            Paired = slice.Truth is null ? null : AgainstTruth(slice, made),
        };
    }

    private static Image Grey(Image image) => image.Normalise(-1, 1);

    /// <summary>Length of the central differences; 0 on the border.</summary>
    private static Image Slopes(Image image)
    {
        var result = new Image(image.Width, image.Height);
        for (var y = 1; y < image.Height - 1; y++)
            for (var x = 1; x < image.Width - 1; x++)
            {
                var (dx, dy) = (image[x + 1, y] - image[x - 1, y], image[x, y + 1] - image[x, y - 1]);
                result[x, y] = MathF.Sqrt(dx * dx + dy * dy);
            }
        return result;
    }
}
