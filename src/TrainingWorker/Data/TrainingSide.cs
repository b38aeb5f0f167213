using Gateway.Imaging.Modalities;

namespace Gateway.TrainingWorker.Data;

/// <summary>The real slices of one modality of the trained pair.</summary>
public sealed record TrainingSide
{
    public required ModalityProfile Profile { get; init; }

    /// <summary>White where the reference's mask lets a slice be seen; null where slices are masked by their own heads.</summary>
    public PreparedPicture? Mask { get; init; }

    public required IReadOnlyList<PreparedPicture> Train { get; init; }

    /// <summary>Slices of subjects that have no training slices.</summary>
    public required IReadOnlyList<PreparedPicture> Test { get; init; }

    /// <summary>Slices of subjects that neither train nor test; none in a prepared folder.</summary>
    public IReadOnlyList<PreparedPicture> Validation { get; init; } = [];
}
