using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The chosen slice of a series by shadow and champion. Both come back through the champion's reverse, so that the cycle errors
/// differ by the way there alone.</summary>
public sealed class ShadowTranslator(
    ModalityTable modalities, ModelCatalog models, ModelLoader loader, ReferenceCatalog references, IOptions<TranslationOptions> options,
    TimeProvider time)
{
    private readonly StackChooser _stacks = new(new EligibilityRules(modalities));

    /// <param name="work">The series and the shadow, which is in memory for this time only.</param>
    /// <param name="objects">Where its images are.</param>
    /// <param name="cancel">Ends it between two slices.</param>
    /// <exception cref="ModelException">One of the models cannot be used.</exception>
    /// <exception cref="VolumeException">The series forms no volume any more.</exception>
    /// <exception cref="InvalidDataException">The shadow's picture is not finite.</exception>
    public ShadowTranslation Translate(ShadowWork work, IObjectStore objects, CancellationToken cancel)
    {
        using var shadow = loader.Load(work.Shadow, work.Direction);
        using var pair = models.Take(work.Direction);
        using var memory = new DecodedSlices((long)options.Value.DecodedMebibytes << 20);
        var (from, to) = (modalities[work.Direction.From], modalities[work.Direction.To]);
        var volume = StackVolume.Of(
            _stacks.Choose(SeriesWork.InstancesOf(work.Source, objects), work.Direction), memory, cancel.ThrowIfCancellationRequested);
        var champion = Run(pair.There, pair.Back, Prepare(pair.There));
        cancel.ThrowIfCancellationRequested();
        var own = shadow.Facts.Deform == pair.There.Facts.Deform && shadow.Facts.Window == pair.There.Facts.Window
            ? champion.Prepared : Prepare(shadow);
        var beside = Run(shadow, pair.Back, own);
        if (!Array.TrueForAll(beside.Made, float.IsFinite))
            throw new InvalidDataException("The shadow's picture is not finite.");
        return new(
            pair.There.Facts.Digest, ShadowFigures.Of(
                champion, beside, to.MadeRange(pair.There.Facts.Window), to.MadeRange(shadow.Facts.Window)),
            ShadowSheet.Draw(from, to, champion, beside, pair.There.Facts, shadow.Facts));

        PreparedSlice Prepare(OnnxModel model) => Preprocessor.Prepare(volume, references[from], model.Facts.Window, model.Facts.Deform);
    }

    private ShadowSide Run(OnnxModel model, OnnxModel? back, PreparedSlice prepared)
    {
        var start = time.GetTimestamp();
        var made = model.Translate(prepared.Input, Reference.Side, Reference.Side);
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        return new(prepared, made, back?.Translate(made, Reference.Side, Reference.Side), seconds);
    }
}
