using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Exponential moving average of a network's weights; the average is what is evaluated and exported.</summary>
internal static class WeightAverage
{
    /// <summary>average += (1 - d) (network - average) with d = min(decay, (1 + t) / (10 + t)), which soon forgets early weights.</summary>
    public static void Update(nn.Module average, nn.Module network, long updates, double decay)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var means = average.parameters().ToList();
        var move = tensor(1 - Math.Min(decay, (1.0 + updates) / (10 + updates)), device: means[0].device);
        foreach (var (mean, value) in means.Zip(network.parameters()))
            mean.lerp_(value, move);
        foreach (var (mean, value) in average.buffers().Zip(network.buffers()))
            mean.copy_(value);
    }

    /// <summary>Makes the two networks equal.</summary>
    public static void Copy(nn.Module from, nn.Module to) => Update(to, from, 0, 0);
}
