using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>How well an averaged generator translates held-out phantoms.</summary>
/// <param name="Ssim">Structural similarity to the truth.</param>
/// <param name="Mae">Mean absolute difference to the truth, on a range of 2.</param>
public sealed record PairedScore(Direction Direction, double Ssim, double Mae)
{
    /// <summary>Scores each direction on up to <paramref name="count"/> held-out pairs.</summary>
    public static IReadOnlyList<PairedScore> Of(TrainingState state, TrainingData data, int count = 8)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(data);
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var pairs = data.PairsTest.Take(count).ToList();
        return [.. state.Ways.Select(Score)];

        PairedScore Score(TrainedWay way)
        {
            var (made, truth) = (way.Translate(Images(way.Direction.From)), Images(way.Direction.To));
            return new(way.Direction, ImageLosses.Ssim(made, truth).item<float>(), (made - truth).abs().mean().item<float>());
        }

        Tensor Images(Modality modality) => Batches.Stack([.. pairs.Select(pair => pair[modality])], state.Device);
    }
}
