namespace Gateway.Persistence;

/// <summary>The figures of shadow and champion, as <see cref="ShadowResult.Measures"/> and the API spell them.</summary>
public static class ShadowMeasure
{
    /// <summary>Mean |shadow - champion| inside the head, in the made modality's units.</summary>
    public const string Difference = "difference";

    /// <summary>SSIM of both inside the head.</summary>
    public const string Similarity = "ssim";

    /// <summary>Of each: mean |x - F(G(x))| inside the head, 0..1 of the input's range; F is the champion's reverse for both.</summary>
    public const string CycleError = "cycleError";

    /// <summary>Of each: distance of source and translation by MIND, 0..1; lower keeps more of the structure.</summary>
    public const string Structure = "structure";

    /// <summary>Of each: seconds of one inference.</summary>
    public const string Seconds = "seconds";

    /// <summary>Those that each of both has.</summary>
    public static IReadOnlyList<string> OfEach { get; } = [CycleError, Structure, Seconds];

    /// <summary>Those between both.</summary>
    public static IReadOnlyList<string> Between { get; } = [Difference, Similarity];

    /// <summary>Such as <c>cycleError.champion</c>.</summary>
    public static string OfChampion(string measure) => measure + ".champion";

    /// <summary>Such as <c>cycleError.shadow</c>.</summary>
    public static string OfShadow(string measure) => measure + ".shadow";
}
