using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Weights;

/// <summary>What came of filling a network from a file.</summary>
/// <param name="Loaded">Names that the file had in the network's shape.</param>
/// <param name="Missing">Names of the network that the file lacks; they keep their values. Counters of batches are no loss and not
/// named.</param>
/// <param name="Unused">Names of the file that the network does not have.</param>
public sealed record WeightLoading(IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> Unused)
{
    /// <summary>Copies every tensor whose name the network has.</summary>
    /// <exception cref="InvalidDataException">A tensor has another shape than the network's of that name; nothing is copied.</exception>
    public static WeightLoading Into(nn.Module network, IReadOnlyDictionary<string, Weight> weights)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        var state = network.state_dict();
        foreach (var (name, value) in state)
            if (weights.TryGetValue(name, out var weight) && !weight.Shape.SequenceEqual(value.shape))
                throw new InvalidDataException(
                    $"{name} is [{string.Join(',', weight.Shape)}], expected [{string.Join(',', value.shape)}].");
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        foreach (var (name, value) in state)
            if (weights.TryGetValue(name, out var weight))
                value.copy_(tensor(weight.Values, value.shape));
        return new(
            [.. state.Keys.Where(weights.ContainsKey)],
            [.. state.Keys.Where(name => !weights.ContainsKey(name) && !name.EndsWith("num_batches_tracked", StringComparison.Ordinal))],
            [.. weights.Keys.Where(name => !state.ContainsKey(name))]);
    }
}
