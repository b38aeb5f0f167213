using Gateway.Imaging.Modalities;

namespace Gateway.TrainingWorker.Data;

/// <summary>The real slices of one modality of the pair that is trained.</summary>
public sealed record TrainingSide
{
    public required ModalityProfile Profile { get; init; }

    public required IReadOnlyList<PreparedPicture> Train { get; init; }

    /// <summary>Of subjects that are not in the training slices.</summary>
    public required IReadOnlyList<PreparedPicture> Test { get; init; }
}
