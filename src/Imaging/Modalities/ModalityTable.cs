using Gateway.Contracts.Reasons;

namespace Gateway.Imaging.Modalities;

/// <summary>The profiles that are in use, by modality.</summary>
/// <param name="profiles">Ordered: where two profiles could take a series, the first one does.</param>
public sealed class ModalityTable(IEnumerable<ModalityProfile> profiles)
{
    private readonly ModalityProfile[] _profiles = [.. profiles];

    public IReadOnlyList<ModalityProfile> Profiles => _profiles;

    /// <summary>Every direction that a series may be found eligible for.</summary>
    public IEnumerable<Direction> Directions => _profiles.Select(profile => profile.Direction);

    /// <exception cref="KeyNotFoundException">There is no profile of this modality.</exception>
    public ModalityProfile this[Modality modality] =>
        Find(modality) ?? throw new KeyNotFoundException($"There is no profile of the modality {modality}.");

    public ModalityProfile? Find(Modality modality) => Array.Find(_profiles, profile => profile.Modality == modality);

    /// <summary>The result of the header rules for a series. If all profiles object, the reasons are those of the profile with the
    /// fewest.</summary>
    public EligibilityVerdict Judge(SeriesHeader series)
    {
        var heard = _profiles.Where(profile => series.Images.Any(image => Takes(profile, image)))
            .Select(profile => new EligibilityVerdict(profile.Direction, Objections(profile, series)))
            .MinBy(verdict => verdict.Reasons.Count);
        return heard switch
        {
            null => new(null, [WrongSopClass]),
            { Reasons.Count: 0 } => heard,
            _ => heard with { Direction = null },
        };
    }

    private static Reason WrongSopClass { get; } =
        ReasonCode.SopClassUnsupported.Because("Only MR and CT Image Storage, single-frame or enhanced, are translated.");

    private static bool Takes(ModalityProfile profile, ImageHeader image) => profile.SourceSopClasses.Contains(image.SopClassUid ?? "");

    private static List<Reason> Objections(ModalityProfile profile, SeriesHeader series)
    {
        IEnumerable<EligibilityRule> rules =
        [
            image => Takes(profile, image) ? null : WrongSopClass,
            image => image.Modality == profile.DicomModality
                ? null
                : ReasonCode.ModalityUnsupported.Because($"The SOP class is {profile.DicomModality} but Modality (0008,0060) is not."),
            .. profile.Rules,
            .. CommonRules.All,
        ];
        return [.. rules.Select(series.Ask).Concat(CommonRules.OfSeries.Select(rule => rule(series))).OfType<Reason>()];
    }
}
