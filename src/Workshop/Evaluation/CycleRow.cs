namespace Gateway.Workshop.Evaluation;

/// <summary>There and back, by one method. SSIM is Wang's on [0, 1].</summary>
public sealed record CycleRow
{
    public required string Method { get; init; }

    public required int Slices { get; init; }

    /// <summary>SSIM of the source and its translation there and back.</summary>
    public required double Cycle { get; init; }

    /// <summary>The same with the translation rounded to 8 bits and noise on it.</summary>
    public required double Disturbed { get; init; }

    /// <summary>SSIM of source and translation.</summary>
    public required double InputOutput { get; init; }

    /// <summary>Share of translations whose nearest input by MIND is their own.</summary>
    public required double Retrieval { get; init; }

    /// <summary>Among so many.</summary>
    public required int Retrieved { get; init; }

    /// <summary>Spots of more than 3 mm a clean slice that the model paints and the first model of <c>--against</c> does not, away from the
    /// truth (<see cref="Scores.NewBlobs"/>); null without one.</summary>
    public double? NewBlobs { get; init; }
}
