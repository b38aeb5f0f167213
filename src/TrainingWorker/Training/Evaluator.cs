using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Losses;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Scores the averaged generators on held-out pairs of every folder.</summary>
internal static class Evaluator
{
    private const int Batch = 8;

    public static Evaluation Of(TrainingState state, TrainingData data)
    {
        using var quiet = no_grad();
        var directions = state.Ways.ToDictionary(
            way => way.Direction.Name,
            way => (IReadOnlyDictionary<string, PairScores>)data.PairSets.Where(set => set.Test.Count > 0)
                .ToDictionary(set => set.Name, set => Score(way, set, state, data[way.Direction.From].Mask)));
        return new()
        {
            Step = state.Step,
            Score = directions.Values.SelectMany(sets => sets.Values).Average(set => set.Score),
            Directions = directions,
            Cycle = state.Ways.Count > 1 && data.Sides.All(side => side.Test.Count > 0)
                ? state.Ways.ToDictionary(way => way.Direction.Name, way => Cycle(way, state, data[way.Direction.From].Test)) : null,
        };
    }

    private static double Cycle(TrainedWay way, TrainingState state, IReadOnlyList<PreparedPicture> slices)
    {
        var sum = 0.0;
        foreach (var slice in slices)
        {
            using var scope = NewDisposeScope();
            var image = Batches.Stack([slice], state.Device);
            sum += ImageLosses.Ssim(state.Back(way)!.Translate(way.Translate(image)), image).item<float>();
        }
        return sum / slices.Count;
    }

    private static PairScores Score(TrainedWay way, PairSet set, TrainingState state, PreparedPicture? mask)
    {
        var sums = new ScoreSums(ShippedModalities.Table[way.Direction.To].IsHounsfield);
        foreach (var pairs in Spread(set.Test, state.Options.EvaluatePairs).Chunk(Batch))
        {
            using var scope = NewDisposeScope();
            var source = Batches.Stack([.. pairs.Select(pair => pair[way.Direction.From])], state.Device);
            if (mask is not null)
                source = (source.Plus(1) * Batches.Stack([mask], state.Device).Plus(1).Over(2)).Minus(1);
            var made = way.Average.call(source);
            var truth = Batches.Stack([.. pairs.Select(pair => pair[way.Direction.To])], state.Device);
            for (var i = 0; i < pairs.Length; i++)
            {
                var ssim = ImageLosses.Ssim(made.narrow(0, i, 1).narrow(1, 0, 1), truth.narrow(0, i, 1)).item<float>();
                var planes = made[i].unbind(0).Select(plane => plane.cpu().data<float>().ToArray()).ToArray();
                sums.Add(pairs[i], way.Direction, planes, ssim);
            }
        }
        return sums.Scores();
    }

    // Evenly over the list, which is sorted by head.
    private static IEnumerable<PreparedPair> Spread(IReadOnlyList<PreparedPair> all, int most) =>
        Enumerable.Range(0, Math.Min(most, all.Count)).Select(i => all[(int)((long)i * all.Count / Math.Min(most, all.Count))]);
}
