using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>A way to the other modality and back: two generators, or a trivial baseline. Pictures are in [-1, 1].</summary>
public sealed record RoundTrip(string Name, Func<Image, Image> There, Func<Image, Image> Back)
{
    /// <summary>Always the mean picture: whoever ignores the input entirely.</summary>
    public static RoundTrip Mean(Image target, Image source) => new("constant mean image", _ => target, _ => source);

    /// <summary>The input unchanged: perfect in every score that compares with the input, hence what those are worth.</summary>
    public static RoundTrip Copy { get; } = new("copy of the input", source => source, copy => copy);
}
