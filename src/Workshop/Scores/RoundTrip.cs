using Gateway.Imaging.Grids;

namespace Gateway.Workshop.Scores;

/// <summary>Translates to the other modality and back, by two generators or a trivial baseline. Both take a picture in [-1, 1] and its
/// height over the reference's level, mm.</summary>
public sealed record RoundTrip(string Name, Func<Image, double, MadePicture> There, Func<Image, double, MadePicture> Back)
{
    /// <summary>Of what makes one picture of a picture, at every level alike.</summary>
    public static RoundTrip Of(string name, Func<Image, Image> there, Func<Image, Image> back) =>
        new(name, (image, _) => new(there(image)), (image, _) => new(back(image)));

    /// <summary>Always returns the mean picture: the baseline that ignores its input.</summary>
    public static RoundTrip Mean(Image target, Image source) => Of("constant mean image", _ => target, _ => source);

    /// <summary>Returns the input unchanged. It is perfect in every score that compares with the input, which shows what those are
    /// worth.</summary>
    public static RoundTrip Copy { get; } = Of("copy of the input", source => source, copy => copy);
}
