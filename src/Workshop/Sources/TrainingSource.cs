using Gateway.Imaging.Modalities;

namespace Gateway.Workshop.Sources;

/// <summary>A source of pictures of one subject: a NIfTI file, a folder of one DICOM series, or a folder
/// of windowed CT slices (PNG).</summary>
public sealed record TrainingSource
{
    /// <summary>Relative to the data folder.</summary>
    public required string Path { get; init; }

    /// <summary>Key of the person. All series of a person share it, and a person is in one split only. For a folder of slices, a
    /// prefix.</summary>
    public required string Subject { get; init; }

    public required Modality Modality { get; init; }

    /// <summary>Licence class in the data list, e.g. A.</summary>
    public required string Licence { get; init; }

    /// <summary><c>train</c> or <c>test</c>.</summary>
    public string Split { get; init; } = "train";
}
