using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>The pictures of one translation: source | registered | masked | synthetic | cycle | on the patient's grid.</summary>
internal static class TranslationPanels
{
    /// <param name="cycle">Null if the slice was not translated back.</param>
    /// <param name="made">The values that the generator's -1 and 1 stand for.</param>
    public static IReadOnlyList<Panel> Of(PreparedSlice prepared, float[] synthetic, float[]? cycle, float[] onPatient, GreyRange made)
    {
        var (low, high) = (prepared.Slice.Range.Low, prepared.Slice.Range.High);
        var source = prepared.Slice.Source;
        var aspect = source.RowSpacing / source.ColumnSpacing;
        return
        [
            new(PictureKind.Source, "SOURCE SLICE", source.Image, low, high, aspect),
            new(PictureKind.Registered, "REGISTERED", prepared.Registered, low, high),
            new(PictureKind.Masked, "MASKED", Square(prepared.Input), -1, 1),
            new(PictureKind.Synthetic, "SYNTHETIC", Square(synthetic), -1, 1),
            .. cycle is null ? [] : (Panel[])[new(PictureKind.Cycle, "SYNTHETIC CYCLE: BACK AGAIN", Square(cycle), -1, 1)],
            new(PictureKind.Patient, "SYNTHETIC ON THE PATIENT'S GRID", new Image(source.Width, source.Height, onPatient), made.Low,
                made.High, aspect),
        ];
    }

    /// <returns>PNG bytes.</returns>
    public static byte[] Sheet(Derivation derivation, IReadOnlyList<Panel> panels, PreparedSlice prepared, double gateScore)
    {
        return PngFile.EncodeGrey(PictureSheet.Draw(
            Title(derivation),
            panels,
            [
                $"MODEL {derivation.Model.Name} {derivation.Model.Version} ({derivation.Model.Digest[..12]})",
                FormattableString.Invariant(
                    $"SLICE {prepared.SliceIndex}, NCC WITH THE REFERENCE {prepared.NccBefore:0.000} > {prepared.NccAfter:0.000}, GATE SCORE {gateScore:0.00} (1 IS THE LIMIT)"),
            ]));
    }

    public static Panel Uncertainty(PreparedSlice prepared, float[] cycle) => new(
        PictureKind.Uncertainty, "SYNTHETIC CYCLE ERROR, WHITE: 25 %", CycleError.Of(prepared, cycle), 0, 0.25,
        prepared.Slice.Source.RowSpacing / prepared.Slice.Source.ColumnSpacing);

    /// <returns>PNG bytes.</returns>
    public static byte[] Montage(Derivation derivation, IReadOnlyList<Image> tiles) => ContactSheet.Draw(Title(derivation), tiles);

    private static string Title(Derivation derivation) =>
        $"SYNTHETIC {derivation.To.Caption} FROM {derivation.From.Caption} - RESEARCH ONLY, NOT FOR DIAGNOSIS";

    /// <summary>The registered slice and the reference in alternating squares. If an outline breaks at the edges
    /// of the squares, the registration
    /// is wrong.</summary>
    public static Panel Checkerboard(PreparedSlice prepared, Reference reference)
    {
        const int square = 32;
        var input = prepared.Input;
        var board = new Image(Reference.Side, Reference.Side);
        for (var i = 0; i < board.Pixels.Length; i++)
            board.Pixels[i] = (i % Reference.Side / square + i / Reference.Side / square) % 2 == 0
                ? (input[i] + 1) / 2 : reference.Image.Pixels[i];
        return new(PictureKind.Checkerboard, "REGISTERED AND REFERENCE", board, 0, 1);
    }

    private static Image Square(float[] pixels) => new(Reference.Side, Reference.Side, pixels);
}
