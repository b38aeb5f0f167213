namespace Gateway.TrainingWorker.Data;

/// <summary>The pairs of one folder.</summary>
public sealed class PairSet
{
    private IReadOnlyList<IReadOnlyList<PreparedPair>>? _byFinding;

    /// <summary>Name of the folder.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<PreparedPair> Train { get; init; }

    /// <summary>Pairs of heads that none of <see cref="Train"/> are of.</summary>
    public required IReadOnlyList<PreparedPair> Test { get; init; }

    /// <summary>Of <see cref="Train"/> those with a finding, a list a kind, by the kinds' names; a pair may be in two.</summary>
    public IReadOnlyList<IReadOnlyList<PreparedPair>> TrainByFinding => _byFinding ??=
    [
        .. Train.SelectMany(pair => (pair.Entry?.Findings ?? []).Distinct().Select(kind => (kind, pair)))
            .GroupBy(found => found.kind, found => found.pair).OrderBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => same.ToList()),
    ];
}
