using Gateway.Imaging.Modalities;

namespace Gateway.Workshop.TrainingSets;

/// <summary>One prepared slice of the training set.</summary>
public sealed record TrainingPicture
{
    /// <summary>Relative to the training set's folder.</summary>
    public required string File { get; init; }

    /// <summary>Relative to the data folder.</summary>
    public required string Source { get; init; }

    public required string Subject { get; init; }

    public required Modality Modality { get; init; }

    public required string Licence { get; init; }

    public required string Split { get; init; }

    /// <summary>Index in its volume, from the feet.</summary>
    public required int Slice { get; init; }

    /// <summary>Distance from the slice at the reference's level, positive to the head, mm; null if the volume is unknown.</summary>
    public required double? OffsetMm { get; init; }

    /// <summary>NCC with the reference after registration.</summary>
    public required double Ncc { get; init; }

    /// <summary>NCC of the brain's pattern with the reference's: how well the level matches.</summary>
    public required double NccInside { get; init; }

    public required double Dice { get; init; }
}
