using Gateway.Imaging.Modalities;
using Gateway.Imaging.Volumes;

namespace Gateway.TranslationWorker;

/// <summary>What a series becomes: minutes of an accelerator, which the life of a series is tested without.</summary>
public interface ITranslator
{
    /// <param name="direction">As eligibility said it.</param>
    /// <param name="sources">Every slice of the series; no conflicting copies.</param>
    /// <param name="createdAt">Time written into the derived object; kept with it, so that it is never made twice.</param>
    /// <param name="released">Codes of the reasons that a person looked at and overrode; another reason, or a final one, holds the series all the same.</param>
    /// <param name="progress">Told the stage that begins.</param>
    /// <exception cref="VolumeException">The series cannot become a volume, or holds no head; its code is the reason.</exception>
    /// <exception cref="ModelException">No usable model of this direction; the way back may be absent, and with it what is made of it.</exception>
    /// <exception cref="KeyNotFoundException">No profile of the direction's modalities.</exception>
    TranslatedSeries Translate(
        Direction direction, IReadOnlyList<SourceInstance> sources, DateTimeOffset createdAt,
        IReadOnlyCollection<string>? released = null, IProgress<string>? progress = null);
}
