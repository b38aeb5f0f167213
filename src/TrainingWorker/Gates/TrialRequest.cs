using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;

namespace Gateway.TrainingWorker.Gates;

/// <summary>A retrained pair of models, and what it is judged by.</summary>
public sealed record TrialRequest
{
    /// <summary>The first direction of the pair.</summary>
    public required Direction Pair { get; init; }

    /// <summary>The profiles of both modalities.</summary>
    public required ModalityTable Modalities { get; init; }

    /// <summary>ONNX files of both directions.</summary>
    public required IReadOnlyDictionary<Direction, byte[]> Candidates { get; init; }

    /// <summary>ONNX files of the champions; both directions or neither counts.</summary>
    public IReadOnlyDictionary<Direction, byte[]> Champions { get; init; } = new Dictionary<Direction, byte[]>();

    /// <summary>Slices of the frozen test split, 256 x 256 in [-1, 1], by modality; <see cref="HeldOutSlice.Name"/> is the subject, and
    /// does not reach the report or a picture. A modality may be absent.</summary>
    public IReadOnlyDictionary<Modality, IReadOnlyList<HeldOutSlice>> Real { get; init; } =
        new Dictionary<Modality, IReadOnlyList<HeldOutSlice>>();

    /// <summary>Greatest difference of network and file, where the export measured it.</summary>
    public IReadOnlyDictionary<Direction, double> Parity { get; init; } = new Dictionary<Direction, double>();

    /// <summary>Accuracy of the discriminator of the direction's pictures at the end of the training, where it is known.</summary>
    public IReadOnlyDictionary<Direction, double> DiscriminatorAccuracy { get; init; } = new Dictionary<Direction, double>();

    public TrialOptions Options { get; init; } = new();
}
