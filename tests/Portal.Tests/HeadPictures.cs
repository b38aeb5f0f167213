using Gateway.Imaging.Files;
using Gateway.Workshop.Phantom;

namespace Gateway.Portal.Tests;

/// <summary>Pictures that look like those of a translation: a phantom head as T2 and as CT.</summary>
internal static class HeadPictures
{
    private static readonly Lazy<Dictionary<string, byte[]>> Rendered = new(Render);

    /// <summary>PNG by kind: the six panels and the sheet.</summary>
    public static IReadOnlyDictionary<string, byte[]> Create() => Rendered.Value;

    private static Dictionary<string, byte[]> Render()
    {
        var slice = HeadPhantom.Sample(new() { Seed = 7 }).RenderSlice(0);
        var (mr, ct) = (PngFile.EncodeGrey(slice.T2Picture()), PngFile.EncodeGrey(slice.CtPicture()));
        return new()
        {
            ["source"] = mr, ["registered"] = mr, ["masked"] = mr, ["synthetic"] = ct, ["cycle"] = mr, ["patient"] = ct, ["sheet"] = mr,
        };
    }
}
