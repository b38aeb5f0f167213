using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>A model with its acts and what came of it.</summary>
/// <param name="Model">Its acts, oldest first, are with it.</param>
/// <param name="Report">The report of its gates as JSON; null where it has none or the store lost it.</param>
/// <param name="Children">Models that training began from it.</param>
/// <param name="Series">How many series it made.</param>
/// <param name="Latest">The newest of them.</param>
public sealed record ModelDetail(Model Model, string? Report, IReadOnlyList<Model> Children, int Series, IReadOnlyList<MadeSeries> Latest);
