using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>How one slice was translated.</summary>
public sealed record SliceScores
{
    public required HeldOutSlice Slice { get; init; }

    /// <summary>The translation.</summary>
    public required MadePicture Translation { get; init; }

    public string Subject => Slice.Subject;

    public Image Source => Slice.Source;

    /// <summary>Null where it is not known.</summary>
    public Image? Truth => Slice.Truth;

    /// <summary>The picture of the translation.</summary>
    public Image Made => Translation.Picture;

    /// <summary>The translation translated back; null where it was not asked for.</summary>
    public Image? Back { get; init; }

    /// <summary>SSIM of source and translation.</summary>
    public required double InputOutput { get; init; }

    /// <summary>MIND distance of source and translation.</summary>
    public required double Mind { get; init; }

    /// <summary>NCC of the gradients' lengths inside the head: against the truth, or against the source where there is none.</summary>
    public required double Edges { get; init; }

    /// <summary>Overlap of the heads of translation and truth, or source where there is none.</summary>
    public required double Dice { get; init; }

    /// <summary>The figures of <see cref="Imaging.Gates.Radiomics"/>.</summary>
    public required double[] Texture { get; init; }

    /// <summary>SSIM of the source and its translation there and back; null where it was not asked for.</summary>
    public double? Cycle { get; init; }

    /// <summary>The same with the translation rounded to 8 bits and noise of sigma 0.02 on it, which destroys a source hidden
    /// in it.</summary>
    public double? CycleDisturbed { get; init; }

    /// <summary>Null where the truth is not known.</summary>
    public PairedScores? Paired { get; init; }
}
