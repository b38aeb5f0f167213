using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>A figure of a slice beside its truth.</summary>
/// <param name="Name">In the JSON.</param>
/// <param name="Heading">In the tables.</param>
/// <param name="Of">Null where it cannot be said of the slice.</param>
/// <param name="IsError">In the unit of what is made.</param>
internal sealed record Figure(string Name, string Heading, Func<PairedScores, double?> Of, bool IsError = false)
{
    /// <summary>Of the table of methods.</summary>
    public static readonly IReadOnlyList<Figure> All =
    [
        new("mae", "MAE head", scores => scores.Mae, IsError: true),
        new("psnr", "PSNR dB", scores => scores.Psnr),
        new("ssim", "SSIM", scores => scores.Ssim),
        new("ssimInside", "SSIM head", scores => scores.SsimInside),
        new("maeBrain", "MAE brain", scores => scores.MaeBrain, IsError: true),
        new("correlation", "r brain", scores => scores.Correlation),
        new("boneDice", "bone Dice", scores => scores.BoneDice),
        new("boneError", "bone HU off", scores => scores.BoneError, IsError: true),
        new("airDice", "air Dice", scores => scores.AirDice),
    ];

    /// <summary>Of the table of differences.</summary>
    public static readonly IReadOnlyList<Figure> Compared =
        [.. All.Where(figure => figure.Name is "mae" or "ssimInside" or "maeBrain" or "correlation" or "boneDice")];
}
