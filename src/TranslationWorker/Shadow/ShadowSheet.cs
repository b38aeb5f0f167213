using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>Source, champion, shadow and their difference side by side.</summary>
internal static class ShadowSheet
{
    /// <summary>So much of the made range, up or down, is white or black in the difference.</summary>
    private const double Shown = 0.5;

    /// <returns>PNG bytes.</returns>
    public static byte[] Draw(
        ModalityProfile from, ModalityProfile to, ShadowSide champion, ShadowSide shadow, ModelFacts ours, ModelFacts beside)
    {
        float[] difference = [.. shadow.Made.Zip(champion.Made, (b, a) => Math.Clamp(b, -1, 1) - Math.Clamp(a, -1, 1))];
        Panel[] panels =
        [
            new(PictureKind.Masked, "SOURCE", Square(champion.Prepared.Input), -1, 1),
            new(PictureKind.Synthetic, "CHAMPION", Square(champion.Made), -1, 1),
            new(PictureKind.Synthetic, "SHADOW", Square(shadow.Made), -1, 1),
            new(PictureKind.Synthetic, "SHADOW - CHAMPION", Square(difference), -2 * Shown, 2 * Shown),
        ];
        return PngFile.EncodeGrey(PictureSheet.Draw(
            $"SYNTHETIC {to.Caption} FROM {from.Caption} - RESEARCH ONLY, NOT FOR DIAGNOSIS", panels,
            [Name("CHAMPION", ours), Name("SHADOW", beside)]));
    }

    private static string Name(string part, ModelFacts facts) => $"{part} {facts.Name} {facts.Version} ({facts.Digest[..12]})";

    private static Image Square(float[] pixels) => new(Reference.Side, Reference.Side, pixels);
}
