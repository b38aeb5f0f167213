using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>What is tuned or compared, on what, and for how long.</summary>
public sealed record TuneRequest
{
    /// <summary>Folders of prepared pairs. Their training heads are also the unpaired slices, T2 of every other head and CT of the rest,
    /// unless <see cref="Real"/> is given; their held-out heads are what everything is scored on.</summary>
    public required IReadOnlyList<string> Paired { get; init; }

    /// <summary>Training set of real slices to take the unpaired ones from.</summary>
    public string? Real { get; init; }

    /// <summary>Receives a folder a cell, the tables, and the sheets. What is there already is not done again.</summary>
    public required string Out { get; init; }

    /// <summary>Images of each modality in the ablation.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Runs of each cell, which differ in nothing but their seed.</summary>
    public int Seeds { get; init; } = 3;

    /// <summary>Pixels a side, and channels of the generators' first stage: the published ones take days on a CPU.</summary>
    public int Size { get; init; } = 64;
    public int Width { get; init; } = 16;

    /// <summary>Updates of each generator in a cell.</summary>
    public int Updates { get; init; } = 600;

    /// <summary>Epochs of the winner on all images, and what share of them the second of the report's three tables shows.</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>After which no further step is begun; null: none.</summary>
    public double? Minutes { get; init; }

    /// <summary>File of VGG19 or SqueezeNet 1.1: for the perceptual loss, and for Frechet distances unless <see cref="Inception"/> is
    /// given.</summary>
    public required string Features { get; init; }

    /// <summary>File of the Inception-v3 of 2015, with whose features the Frechet distance is the FID.</summary>
    public string? Inception { get; init; }

    /// <summary>One of <see cref="TrainingDevice.Names"/>.</summary>
    public string Device { get; init; } = TrainingDevice.Auto;
}
