using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.TranslationWorker;

/// <summary>Turns a series into a translated one. This takes minutes of an accelerator, so the life of a series
/// is tested without it.</summary>
public interface ITranslator
{
    /// <param name="direction">The direction that eligibility chose.</param>
    /// <param name="sources">Every image of the series, without conflicting copies. If they form several stacks, the one that eligibility
    /// chose is translated (<see cref="StackChooser"/>).</param>
    /// <param name="createdAt">Time written into the derived object. It is kept with the object, so that
    /// the object is never made twice.</param>
    /// <param name="released">Codes of the reasons that a person looked at and overrode. Another reason, or a final one, still holds the
    /// series.</param>
    /// <param name="seriesNumber">Series Number that is free in the study (<see cref="SeriesNumbers"/>); null where no study is
    /// known.</param>
    /// <param name="progress">Gets the name of each stage as it begins.</param>
    /// <param name="cancel">Ends it within seconds: between two stages, or between two slices of a stack.</param>
    /// <exception cref="VolumeException">The series cannot become a volume, or holds no head. The code of the exception is the
    /// reason.</exception>
    /// <exception cref="ModelException">No usable model of this direction. The model of the reverse direction
    /// may be absent; then there is no
    /// cycle picture or error.</exception>
    /// <exception cref="KeyNotFoundException">There is no profile for a modality of the direction.</exception>
    TranslatedSeries Translate(
        Direction direction, IReadOnlyList<SourceInstance> sources, DateTimeOffset createdAt,
        IReadOnlyCollection<string>? released = null, int? seriesNumber = null, IProgress<string>? progress = null,
        CancellationToken cancel = default);
}
