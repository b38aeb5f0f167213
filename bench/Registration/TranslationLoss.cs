using Gateway.TranslationWorker;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.RegistrationBench;

/// <summary>What the shipped generators make of slices registered linearly, and of the same slices deformed onto the reference.</summary>
/// <param name="Mae">Mean absolute error inside the head against the other modality of the same head; HU of the window, or a T2's range of 1.</param>
/// <param name="Ncc">Correlation with it.</param>
internal sealed record TranslationLoss(Modality From, bool Deform, double Mae, double Ncc)
{
    private const int Heads = 10;
    private const ulong FirstSeed = 900;

    public static IEnumerable<TranslationLoss> All(Checkout checkout, Pairs pairs)
    {
        using var models = new ModelCatalog(MsOptions.Create(new ModelOptions { Directory = Path.Combine(checkout.Root, "models"), Device = "cpu" }), NullLogger<ModelCatalog>.Instance);
        foreach (var modality in (Modality[])[Modality.T2, Modality.Ct])
        {
            foreach (var deform in (bool[])[false, true])
            {
                var model = models[modality == Modality.T2 ? TranslationDirection.T2ToCt : TranslationDirection.CtToT2];
                var losses = Enumerable.Range(0, Heads).Select(i => Of(FirstSeed + (ulong)i, pairs.Shipped(modality), model, deform)).ToList();
                yield return new(modality, deform, losses.Average(l => l.Mae), losses.Average(l => l.Ncc));
            }
        }
    }

    private static TranslationLoss Of(ulong seed, Reference reference, OnnxModel model, bool deform)
    {
        var (modality, window) = (reference.Modality, new HuWindow((float)model.Facts.HuLow, (float)model.Facts.HuHigh));
        var (head, kind) = (HeadPhantom.Sample(new() { Seed = seed }), modality == Modality.T2 ? PhantomKind.T2 : PhantomKind.HeadCt);
        var slices = PhantomSeries.Planes(new() { Seed = seed, Kind = kind }).Select(head.Render).ToList();
        var prepared = Preprocessor.Prepare(new Volume(slices.Select(slice => slice.ToVolumeSlice(modality))), modality, reference, window, deform);
        var synthetic = model.Translate(prepared.Input, Reference.Side, Reference.Side);
        var truth = slices.MinBy(slice => (slice.ToVolumeSlice(modality).Position - prepared.Slice.Source.Position).Length)!;
        var (found, expected) = modality == Modality.T2
            ? (prepared.Slice.Restore(Array.ConvertAll(synthetic, window.FromUnit), -1000), truth.ToVolumeSlice(Modality.Ct).Image.Map(hu => Math.Clamp(hu, window.Low, window.High)))
            : (prepared.Slice.Restore(Array.ConvertAll(synthetic, v => (Math.Clamp(v, -1, 1) + 1) / 2), 0), truth.T2Picture().Map(v => v / 255));
        var picture = new Image(expected.Width, expected.Height, found);
        return new(modality, deform, ImageMetrics.Mae(picture, expected, prepared.Slice.SourceMask), ImageMetrics.Ncc(picture, expected, prepared.Slice.SourceMask));
    }
}
