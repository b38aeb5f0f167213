using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>The losses of one step, left on their device until all are known: a GPU stands still at every number that is read.</summary>
/// <remarks>Tensors belong to the dispose scope of the step.</remarks>
internal sealed class StepLosses
{
    private readonly List<(string Name, Tensor Value)> _all = [];

    /// <param name="loss">One number; float32.</param>
    public void Add(string name, Tensor loss) => _all.Add((name, loss.detach()));

    /// <summary>By name, in the order in which they were added.</summary>
    public IReadOnlyDictionary<string, double> Read()
    {
        using var scope = NewDisposeScope();
        var values = stack([.. _all.Select(loss => loss.Value)]).cpu().data<float>();
        return _all.Select((loss, i) => KeyValuePair.Create(loss.Name, (double)values[i])).ToDictionary(StringComparer.Ordinal);
    }
}
