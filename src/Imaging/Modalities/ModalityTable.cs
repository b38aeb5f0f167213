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
    public ModalityProfile this[Modality modality] => Find(modality) ?? throw new KeyNotFoundException($"There is no profile of the modality {modality}.");

    public ModalityProfile? Find(Modality modality) => Array.Find(_profiles, profile => profile.Modality == modality);

    /// <summary>The result of the header rules for a series. If all profiles object, the reasons are those of the profile with the
    /// fewest.</summary>
    public EligibilityVerdict Judge(SeriesHeader header)
    {
        var heard = _profiles.Where(profile => profile.SourceSopClasses.Contains(header.SopClassUid ?? ""))
            .Select(profile => new EligibilityVerdict(profile.Direction, Objections(profile, header)))
            .MinBy(verdict => verdict.Reasons.Count);
        return heard switch
        {
            null => EligibilityVerdict.No(ReasonCode.SopClassUnsupported, "Only MR and CT Image Storage, single-frame or enhanced, are translated."),
            { Reasons.Count: 0 } => heard,
            _ => heard with { Direction = null },
        };
    }

    private static List<Reason> Objections(ModalityProfile profile, SeriesHeader header) =>
    [
        .. header.Modality == profile.DicomModality ? [] : (Reason[])
            [ReasonCode.ModalityUnsupported.Because($"The SOP class is {profile.DicomModality} but Modality (0008,0060) is not.")],
        .. profile.Rules.Concat(CommonRules.All).Select(rule => rule(header)).OfType<Reason>(),
    ];
}
