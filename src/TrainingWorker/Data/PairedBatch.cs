using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Data;

/// <summary>Pairs to learn from, augmented. Tensors belong to the scope of the caller of <see cref="Batches"/>.</summary>
public sealed record PairedBatch
{
    /// <summary>N x 1 x H x W in [-1, 1].</summary>
    public required Tensor Source { get; init; }

    /// <summary>N x 1 x H x W in [-1, 1]; N x 2 x H x W where the wide window is asked for.</summary>
    public required Tensor Target { get; init; }

    /// <summary>N x 1 x 1 x 1: 1 where the pair's wide window is known, 0 where not; null without the second channel.</summary>
    public Tensor? Known { get; init; }

    /// <summary>N x 1 x H x W: what each pixel counts, 1 outside findings; null if all count alike.</summary>
    public Tensor? Weights { get; init; }
}
