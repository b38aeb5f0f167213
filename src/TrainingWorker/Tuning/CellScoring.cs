using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Training;
using Gateway.Workshop.Evaluation;
using Gateway.Workshop.Scores;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>Scores averaged generators on held-out pairs of reduced size.</summary>
/// <param name="features">Of the Frechet distances.</param>
internal sealed class CellScoring(TuneData data, PictureFeatures features)
{
    private const int Batch = 8;

    public Dictionary<string, WayScore> Of(TrainingState state) =>
        state.Ways.ToDictionary(way => way.Direction.Name, way => Of(state, way));

    /// <summary>Mean absolute error in the head, slice by slice.</summary>
    /// <param name="made">Of the held-out sources, in [-1, 1].</param>
    public double[] Errors(Direction direction, IReadOnlyList<Image> made)
    {
        var unit = ShippedModalities.Table[direction.To].IsHounsfield ? data.Window.Width / 2 : 0.5;
        return [.. data.Tests.Zip(made, (pair, image) => unit * ImageMetrics.Mae(image, pair.Pictures[direction.To], Head(pair)))];
    }

    private WayScore Of(TrainingState state, TrainedWay way)
    {
        var (from, to) = (way.Direction.From, way.Direction.To);
        Image[] sources = [.. data.Tests.Select(pair => pair.Pictures[from])], truths = [.. data.Tests.Select(pair => pair.Pictures[to])];
        var made = Translate(way, sources, state.Device);
        var reverse = state.Back(way)!;
        var back = Translate(reverse, made, state.Device);
        var disturbed = Translate(reverse, [.. made.Select(SliceScoring.Disturb)], state.Device);
        var errors = Errors(way.Direction, made);
        var (of, real) = (features.Of(made), features.Of(truths));
        return new()
        {
            Frechet = FrechetDistance.Of(of, real),
            FrechetFloor = FrechetDistance.Of(features.Of(Others(to, truths.Length)), real),
            Ssim = Similarity(sources, back),
            SsimDisturbed = Similarity(sources, disturbed),
            Retrieval = MindDescriptor.Retrieval(made, sources),
            Spread = PictureSpread.Of(made) / Math.Max(1e-9, PictureSpread.Of(truths)),
            Mae = errors.Average(),
            SsimToTruth = Similarity(truths, made),
            Errors = [.. errors.Select(error => Math.Round(error, 6))],
        };
    }

    private Image[] Others(Modality modality, int count) =>
        [.. Enumerable.Range(0, count).Select(i => data.Known[(int)((long)i * data.Known.Count / count)].Pictures[modality])];

    // Pixels of either picture that are not outside, and what they enclose.
    private static Mask Head(HeldOutPair pair)
    {
        var pictures = pair.Pictures.Values.ToArray();
        var inside = pictures[0].Pixels.Zip(pictures[1].Pixels, (a, b) => a > -1 || b > -1);
        return Morphology.FillHoles(new(pictures[0].Width, pictures[0].Height, [.. inside]));
    }

    private static double Similarity(Image[] some, Image[] others) =>
        some.Zip(others, (a, b) => StructuralSimilarity.Of(a.Normalise(-1, 1), b.Normalise(-1, 1))).Average();

    private static Image[] Translate(TrainedWay way, IReadOnlyList<Image> images, Device device)
    {
        using var quiet = no_grad();
        var made = new List<Image>();
        foreach (var some in images.Chunk(Batch))
        {
            using var scope = NewDisposeScope();
            var (height, width) = (some[0].Height, some[0].Width);
            var input = tensor(some.SelectMany(image => image.Pixels).ToArray(), [some.Length, 1, height, width]).to(device);
            made.AddRange(way.Translate(input).cpu().unbind(0).Select(one => new Image(width, height, one.data<float>().ToArray())));
        }
        return [.. made];
    }
}
