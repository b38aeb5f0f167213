using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>How well the averaged generators translate held-out phantoms.</summary>
/// <param name="Ssim">Structural similarity to the truth, by direction.</param>
/// <param name="Mae">Mean absolute difference to the truth, of a range of 2, by direction.</param>
public sealed record PairedScore(double[] Ssim, double[] Mae)
{
    /// <summary>Scores up to <paramref name="count"/> held-out pairs.</summary>
    public static PairedScore Of(TrainingState state, TrainingData data, int count = 8)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(data);
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var pairs = data.PairsTest.Take(count).ToList();
        var images = new[] { Batches.Stack([.. pairs.Select(p => p.T2)]), Batches.Stack([.. pairs.Select(p => p.Ct)]) };
        var score = new PairedScore(new double[2], new double[2]);
        for (var i = 0; i < 2; i++)
        {
            var made = state.Averages[i].call(images[i]);
            score.Ssim[i] = ImageLosses.Ssim(made, images[1 - i]).item<float>();
            score.Mae[i] = (made - images[1 - i]).abs().mean().item<float>();
        }
        return score;
    }
}
