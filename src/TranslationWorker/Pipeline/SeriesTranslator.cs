using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>All steps for one series, in order: load, choose and register, gate, translate, map back to the patient's grid, derive,
/// draw.</summary>
public sealed class SeriesTranslator(
    ModalityTable modalities, ModelCatalog models, ReferenceCatalog references, IOptions<SiteOptions> site,
    IOptions<TranslationOptions> options,
    TimeProvider time, StageMetrics? metrics = null) : ITranslator
{
    /// <summary>Must change whenever the same input and model would give other pixels; it is part of every derived UID.</summary>
    public const string PipelineVersion = "4";

    private readonly StackChooser _stacks = new(new EligibilityRules(modalities));

    /// <inheritdoc/>
    public TranslatedSeries Translate(
        Direction direction, IReadOnlyList<SourceInstance> sources, DateTimeOffset createdAt,
        IReadOnlyCollection<string>? released = null, int? seriesNumber = null, IProgress<string>? progress = null,
        CancellationToken cancel = default)
    {
        using var memory = new DecodedSlices((long)options.Value.DecodedMebibytes << 20);
        var clock = new StageClock(time, progress, metrics, cancel);
        var (from, to) = (modalities[direction.From], modalities[direction.To]);
        using var pair = clock.Run("model", () => models.Take(direction));
        var (model, back) = (pair.There, pair.Back);
        var (window, made) = (model.Facts.Window, to.MadeRange(model.Facts.Window));

        var (stack, volume) = clock.Run("load", () =>
        {
            var choice = _stacks.Choose(sources, direction);
            return (choice, StackVolume.Of(choice, memory, clock.ThrowIfCancelled));
        });
        var prepared = clock.Run("register", () => Preprocessor.Prepare(volume, references[from], window, model.Facts.Deform));
        var verdict = clock.Run("gate", () => references.Gate(from).Check(prepared));
        var generated = clock.Run("translate", () => model.TranslateWide(prepared.Input, Reference.Side, Reference.Side));
        var synthetic = generated.Made;
        var cycle = back is null ? null : clock.Run("cycle", () => back.Translate(synthetic, Reference.Side, Reference.Side));
        var onPatient = clock.Run("restore", () => generated.OnSource(prepared.Slice, to, model.Facts));

        var reasons = prepared.Reasons.Concat(verdict.Reasons).Concat(MissingBeside(volume, prepared.SliceIndex)).ToList();
        var held = reasons.Exists(reason => released?.Contains(reason.Code) != true || reason.IsFinal());
        var derivation = Derivation(
            stack, from, to, model.Facts, createdAt) with
        { ReleasedAfter = [.. reasons.Select(reason => reason.Code)], SeriesNumber = seriesNumber };
        var (derived, montage) = held ? ([], null) : Derive(prepared, onPatient, model, derivation, clock);
        var panels = TranslationPanels.Of(prepared, synthetic, cycle, onPatient, made);
        if (options.Value.Uncertainty && cycle is not null)
            panels = [.. panels, TranslationPanels.Uncertainty(prepared, cycle)];
        if (reasons.Count > 0)
            panels = [.. panels, TranslationPanels.Checkerboard(prepared, references[from])];
        var sheet = clock.Run("pictures", () => TranslationPanels.Sheet(derivation, panels, prepared, verdict.Score));
        return new TranslatedSeries
        {
            Direction = direction,
            Model = model.Facts,
            Derived = derived,
            Reasons = reasons,
            IsReported = options.Value.Report,
            ChosenSopInstanceUid = prepared.Slice.Source.SopInstanceUid!,
            ChosenSlice = prepared.SliceIndex,
            NccBefore = prepared.NccBefore,
            NccAfter = prepared.NccAfter,
            GateScore = verdict.Score,
            Panels = panels,
            Montage = montage,
            Sheet = sheet,
            Sample = held ? null : PreparedSample.Of(prepared, from.Modality),
            Figures = SliceFigures.Of(prepared, cycle, verdict),
            Seconds = clock.Elapsed,
        };
    }

    /// <summary>Reports a gap beside the chosen slice: the missing slice may be the one at the reference's level.</summary>
    internal static IEnumerable<Reason> MissingBeside(Volume volume, int index) => volume.Gaps
        .Where(gap => gap.Below == index || gap.Below == index - 1)
        .Select(
            gap => ReasonCode.SlicesMissing.Because(
                $"{gap.Missing} slices are missing beside the chosen one: {gap.Millimetres:0.0} mm to its neighbour, {volume.UsualSpacing:0.0} mm elsewhere."));

    /// <summary>The chosen slice, or every slice of the brain with it. The gates were passed by the chosen
    /// slice, for all of them.</summary>
    private (IReadOnlyList<DicomFile> Derived, byte[]? Montage) Derive(
        PreparedSlice prepared, float[] onPatient, OnnxModel model, Derivation derivation, StageClock clock)
    {
        var (to, whole) = (derivation.To, options.Value.Slices == SliceCoverage.All);
        var shown = DerivedImage.Of(to).Shown(onPatient, to.MadeRange(model.Facts.Window));
        var translated = new StackTranslation(whole ? BrainStack.Of(prepared) : [prepared.Slice], model, clock).Translate(
            (prepared.Slice, onPatient), to, shown, (slice, pixels) => DerivedSeriesWriter.Write(
                SeriesLevel.Of(slice.Header!, prepared.Slice.Source.Header!), pixels,
                derivation with { Shown = shown, SourceFrame = slice.FrameNumber }));
        var montage = whole
            ? clock.Run("pictures", () => TranslationPanels.Montage(derivation, [.. translated.Select(t => t.Tile)])) : null;
        return ([.. translated.Select(t => t.File)], montage);
    }

    private Derivation Derivation(
        StackChoice stack, ModalityProfile from, ModalityProfile to, ModelFacts model, DateTimeOffset createdAt) => new()
        {
            Model = model,
            From = from,
            To = to,
            SourceSetDigest = SourceSet.Digest(stack.Sources),
            Stack = stack.Words,
            PipelineVersion = PipelineVersion,
            CreatedAt = TimeZoneInfo.ConvertTime(createdAt, time.LocalTimeZone),
            Organization = site.Value.Organization,
            StationName = site.Value.StationName,
            SerialNumber = site.Value.SerialNumber,
            Zone = site.Value.Zone,
            Slices = options.Value.Slices,
            Mark = options.Value.Mark,
        };
}
