using Gateway.Contracts.Reasons;
using Gateway.DicomCodecs;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>The way of one series, top to bottom: load, choose and register, gate, translate, back onto the patient's grid, derive, draw.</summary>
public sealed class SeriesTranslator(
    ModelCatalog models, ReferenceCatalog references, IOptions<SiteOptions> site, IOptions<TranslationOptions> options, TimeProvider time,
    StageMetrics? metrics = null) : ITranslator
{
    /// <summary>Changes whenever the same input and model would give other pixels; part of every derived UID.</summary>
    public const string PipelineVersion = "3";

    private const float AirHu = -1000;

    /// <inheritdoc/>
    public TranslatedSeries Translate(
        TranslationDirection direction, IReadOnlyList<SourceInstance> sources, DateTimeOffset createdAt,
        IReadOnlyCollection<string>? released = null, IProgress<string>? progress = null)
    {
        var clock = new StageClock(time, progress, metrics);
        var (model, back) = clock.Run("model", () => (models[direction], models[direction.Reverse()]));
        var window = new HuWindow((float)model.Facts.HuLow, (float)model.Facts.HuHigh);

        var volume = clock.Run("load", () => Load(sources));
        var prepared = clock.Run("register", () => Preprocessor.Prepare(volume, Modality(direction), references[Modality(direction)], window, model.Facts.Deform));
        var verdict = clock.Run("gate", () => references.Gate(Modality(direction)).Check(prepared));
        var synthetic = clock.Run("translate", () => model.Translate(prepared.Input, Reference.Side, Reference.Side));
        var cycle = clock.Run("cycle", () => back.Translate(synthetic, Reference.Side, Reference.Side));
        var onPatient = clock.Run("restore", () => prepared.Slice.Restore(Array.ConvertAll(synthetic, Units(direction, window)), Air(direction)));

        var reasons = prepared.Reasons.Concat(verdict.Reasons).Concat(MissingBeside(volume, prepared.SliceIndex)).ToList();
        var held = reasons.Exists(reason => released?.Contains(reason.Code) != true || reason.IsFinal());
        var derivation = Derivation(sources, model.Facts, createdAt) with { ReleasedAfter = [.. reasons.Select(reason => reason.Code)] };
        var (derived, montage) = held ? ([], null) : Derive(prepared, onPatient, model, window, derivation, clock);
        var panels = TranslationPanels.Of(direction, prepared, synthetic, cycle, onPatient, window);
        if (options.Value.Uncertainty)
            panels = [.. panels, TranslationPanels.Uncertainty(prepared, cycle)];
        if (reasons.Count > 0)
            panels = [.. panels, TranslationPanels.Checkerboard(prepared, references[Modality(direction)])];
        var sheet = clock.Run("pictures", () => TranslationPanels.Sheet(direction, panels, prepared, verdict.Score, model.Facts));
        return new TranslatedSeries
        {
            Direction = direction,
            Model = model.Facts,
            Derived = derived,
            Reasons = reasons,
            ChosenSopInstanceUid = prepared.Slice.Source.SopInstanceUid!,
            ChosenSlice = prepared.SliceIndex,
            NccBefore = prepared.NccBefore,
            NccAfter = prepared.NccAfter,
            GateScore = verdict.Score,
            Panels = panels,
            Montage = montage,
            Sheet = sheet,
            Seconds = clock.Elapsed,
        };
    }

    /// <summary>The slice of the reference's level may be the very one that never came.</summary>
    private static IEnumerable<Reason> MissingBeside(Volume volume, int index) => volume.Gaps
        .Where(gap => gap.Below == index || gap.Below == index - 1)
        .Select(gap => ReasonCode.SlicesMissing.Because($"{gap.Missing} slices are missing beside the chosen one: {gap.Millimetres:0.0} mm to its neighbour, {volume.UsualSpacing:0.0} mm elsewhere."));

    private static Volume Load(IReadOnlyList<SourceInstance> sources) => Volume.FromDicom(Files(sources));

    /// <summary>One at a time. Pixels are read while their file is open; what is left of it afterwards is its header.</summary>
    private static IEnumerable<DicomFile> Files(IReadOnlyList<SourceInstance> sources)
    {
        foreach (var source in sources)
        {
            using var stream = source.Open();
            yield return Uncompressed(DicomFile.Open(stream, FileReadOption.ReadLargeOnDemand));
        }
    }

    /// <exception cref="VolumeException"><c>compressed</c>: a transfer syntax nobody here decodes.</exception>
    private static DicomFile Uncompressed(DicomFile file)
    {
        if (!file.Dataset.InternalTransferSyntax.IsEncapsulated)
            return file;
        try
        {
            return new DicomFile(DicomDecoder.Decode(file.Dataset));
        }
        catch (DicomDataException e)
        {
            throw new VolumeException(ReasonCode.Compressed, e.Message);
        }
    }

    private static Modality Modality(TranslationDirection direction) =>
        direction == TranslationDirection.T2ToCt ? Gateway.Imaging.Modalities.Modality.T2 : Gateway.Imaging.Modalities.Modality.Ct;

    /// <summary>CT in HU, T2 in [0, 1].</summary>
    private static Converter<float, float> Units(TranslationDirection direction, HuWindow window) =>
        direction == TranslationDirection.T2ToCt ? window.FromUnit : v => (Math.Clamp(v, -1, 1) + 1) / 2;

    private static float Air(TranslationDirection direction) => direction == TranslationDirection.T2ToCt ? AirHu : 0;

    /// <summary>The chosen slice, or with it every slice of the brain; the chosen one's gates spoke for all.</summary>
    private (IReadOnlyList<DicomFile> Derived, byte[]? Montage) Derive(
        PreparedSlice prepared, float[] onPatient, OnnxModel model, HuWindow window, Derivation derivation, StageClock clock)
    {
        var (direction, whole) = (derivation.Direction, options.Value.Slices == SliceCoverage.All);
        var shown = direction == TranslationDirection.T2ToCt ? (window.Low, window.High) : DerivedMr.WindowOf(onPatient);
        var translated = new StackTranslation(whole ? BrainStack.Of(prepared) : [prepared.Slice], model, clock).Translate(
            (prepared.Slice, onPatient), Units(direction, window), Air(direction), shown, (slice, pixels) => Write(slice, pixels, derivation with { MrWindow = shown }));
        var montage = whole ? clock.Run("pictures", () => TranslationPanels.Montage(direction, [.. translated.Select(t => t.Tile)])) : null;
        return ([.. translated.Select(t => t.File)], montage);
    }

    private static DicomFile Write(VolumeSlice slice, float[] pixels, Derivation derivation) =>
        DerivedSeriesWriter.Write(slice.Header!, pixels, derivation with { SourceFrame = slice.FrameNumber });

    private Derivation Derivation(IReadOnlyList<SourceInstance> sources, ModelFacts model, DateTimeOffset createdAt) => new()
    {
        Model = model,
        SourceSetDigest = SourceSet.Digest(sources),
        PipelineVersion = PipelineVersion,
        CreatedAt = createdAt,
        Organization = site.Value.Organization,
        Slices = options.Value.Slices,
    };
}
