using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>Translates to the other modality and back, by two generators or a trivial baseline. Pictures are in [-1, 1].</summary>
public sealed record RoundTrip(string Name, Func<Image, Image> There, Func<Image, Image> Back)
{
    /// <summary>Always returns the mean picture: the baseline that ignores its input.</summary>
    public static RoundTrip Mean(Image target, Image source) => new("constant mean image", _ => target, _ => source);

    /// <summary>Returns the input unchanged. It is perfect in every score that compares with the input, which shows what those are
    /// worth.</summary>
    public static RoundTrip Copy { get; } = new("copy of the input", source => source, copy => copy);
}
