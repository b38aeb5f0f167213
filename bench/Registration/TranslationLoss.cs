using Gateway.TranslationWorker;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.RegistrationBench;

/// <summary>What the shipped generators make of slices registered linearly, and of the same slices deformed onto the reference.</summary>
/// <param name="Mae">Mean absolute error inside the head against the other modality of the same head; HU of the window, or a T2's range of
/// 1.</param>
/// <param name="Ncc">Correlation with it.</param>
internal sealed record TranslationLoss(Modality From, Modality To, bool Deform, double Mae, double Ncc)
{
    private const int Heads = 10;
    private const ulong FirstSeed = 900;

    public static IEnumerable<TranslationLoss> All(Checkout checkout, Pairs pairs)
    {
        using var models = new ModelCatalog(
            MsOptions.Create(new ModelOptions { Directory = Path.Combine(checkout.Root, "models"), Device = "cpu" }),
            NullLogger<ModelCatalog>.Instance);
        foreach (var from in ShippedModalities.Table.Profiles)
        {
            foreach (var deform in (bool[])[false, true])
            {
                var model = models[from.Direction];
                var losses = Enumerable.Range(0, Heads).Select(i => Of(FirstSeed + (ulong)i, pairs.Shipped(from), model, deform)).ToList();
                yield return new(from.Modality, from.To, deform, losses.Average(l => l.Mae), losses.Average(l => l.Ncc));
            }
        }
    }

    private static TranslationLoss Of(ulong seed, Reference reference, OnnxModel model, bool deform)
    {
        var (from, to) = (reference.Profile, ShippedModalities.Table[reference.Profile.To]);
        var (window, made) = (model.Facts.Window, to.MadeRange(model.Facts.Window));
        var (head, kind) = (HeadPhantom.Sample(new() { Seed = seed }), from.IsHounsfield ? PhantomKind.HeadCt : PhantomKind.T2);
        var slices = PhantomSeries.Planes(new() { Seed = seed, Kind = kind }).Select(head.Render).ToList();
        var prepared = Preprocessor.Prepare(
            new Volume(slices.Select(slice => slice.ToVolumeSlice(from.Modality))), reference, window, deform);
        var synthetic = model.Translate(prepared.Input, Reference.Side, Reference.Side);
        var truth = slices.MinBy(slice => (slice.ToVolumeSlice(from.Modality).Position - prepared.Slice.Source.Position).Length)!;
        var found = prepared.Slice.Restore(Array.ConvertAll(synthetic, made.FromUnit), to.Air);
        var expected = to.IsHounsfield
            ? truth.ToVolumeSlice(to.Modality).Image.Map(hu => Math.Clamp(hu, made.Low, made.High))
            : truth.T2Picture().Map(v => v / 255);
        var picture = new Image(expected.Width, expected.Height, found);
        return new(
            from.Modality, to.Modality, deform, ImageMetrics.Mae(picture, expected, prepared.Slice.SourceMask),
            ImageMetrics.Ncc(picture, expected, prepared.Slice.SourceMask));
    }
}
