using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>A model with its acts and what came of it.</summary>
/// <param name="Model">Its acts, oldest first, are with it.</param>
/// <param name="Report">The report of its gates as JSON; null where it has none or the store lost it.</param>
/// <param name="Children">Models that training began from it.</param>
/// <param name="Series">How many series it made.</param>
/// <param name="Latest">The newest of them.</param>
/// <param name="Champion">Digest of the direction's champion; null where there is none.</param>
/// <param name="Before">Digest of the champion that a roll back leads to; null where there is none.</param>
/// <param name="Shadow">What it did as a shadow.</param>
public sealed record ModelDetail(
    Model Model, string? Report, IReadOnlyList<Model> Children, int Series, IReadOnlyList<MadeSeries> Latest,
    string? Champion, string? Before, ShadowSummary Shadow);
