using Gateway.TrainingWorker.Networks;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Weights;

/// <summary>Fills a network with batch norms from a file without them, so that both are the same function.</summary>
internal static class FoldedWeights
{
    /// <summary>Every convolution gets the folded weights, every batch norm adds the folded bias and changes nothing else: with frozen
    /// statistics this stays true while it learns.</summary>
    /// <exception cref="InvalidDataException">The file is of a network of other layers; nothing is copied.</exception>
    public static void Fill(UNetResNet18 network, FoldedGenerator file)
    {
        var layers = network.Convolutions().ToList();
        if (layers.Count != file.Convolutions.Count
            || layers.Zip(file.Convolutions).Any(pair => !pair.First.Convolution.weight!.shape.SequenceEqual(pair.Second.Weight.Shape)))
            throw new InvalidDataException($"The model is not a generator of width {network.Width}.");
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        foreach (var ((convolution, norm), (weight, bias)) in layers.Zip(file.Convolutions))
        {
            convolution.weight!.copy_(tensor(weight.Values, convolution.weight.shape));
            if (norm is null)
            {
                convolution.bias!.copy_(tensor(bias.Values));
                continue;
            }
            nn.init.ones_(norm.Weight);
            norm.Bias.copy_(tensor(bias.Values));
            nn.init.zeros_(norm.RunningMean);
            norm.RunningVariance.copy_(tensor((float)(1 - norm.Epsilon)));
        }
    }
}
