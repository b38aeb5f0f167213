using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Modalities;

/// <summary>What every source series must be, whatever its modality.</summary>
public static class CommonRules
{
    public const int MinimumSlices = 8;
    public const double MaximumTilt = 30;

    public static IReadOnlyList<EligibilityRule> All { get; } =
    [
        h => h.IsSecondary ? ReasonCode.SecondaryImage.Because("Image Type value 2 is SECONDARY: not an acquired image.") : null,
        h => h.Tilt is null ? ReasonCode.NoOrientation.Because("Image Orientation (Patient) is absent.") : null,
        h => h.Tilt > MaximumTilt
            ? ReasonCode.NotAxial.Because($"The slices are tilted {h.Tilt:0} degrees from axial; at most {MaximumTilt:0} are allowed.")
            : null,
    ];

    /// <summary>What no single image can tell.</summary>
    public static IReadOnlyList<Func<SeriesHeader, Reason?>> OfSeries { get; } =
    [
        s => s.Images.Count < MinimumSlices
            ? ReasonCode.TooFewSlices.Because($"{s.Images.Count} slices; at least {MinimumSlices} are needed.") : null,
        s => s.Differences.Count > 0 ? ReasonCode.MixedSeries.Because(string.Join(' ', s.Differences)) : null,
    ];
}
