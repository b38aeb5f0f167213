namespace Gateway.Persistence;

/// <summary>Computes a profile's drift from its rows.</summary>
public static class DriftAnalysis
{
    /// <param name="modality">Code of the profile.</param>
    /// <param name="live">Its series of the weeks that are looked at, in any order.</param>
    /// <param name="reference">What they are compared with.</param>
    /// <param name="options">The limits.</param>
    /// <param name="now">Within the current week.</param>
    public static ProfileDrift Of(
        string modality, IReadOnlyList<DriftRow> live, DriftReference reference, DriftOptions options, DateTimeOffset now)
    {
        var current = DriftWeek.Of(now);
        var byWeek = live.ToLookup(row => DriftWeek.Of(row.At));
        var weeks = Enumerable.Range(0, options.Weeks).Select(i => current.AddDays(7 * (i + 1 - options.Weeks)))
            .Select(monday => Week(monday, [.. byWeek[monday]], reference.Before(monday), options)).ToList();
        var judged = weeks[^1].Series >= options.Fewest ? weeks[^1] : weeks[^2].Series >= options.Fewest ? weeks[^2] : null;
        List<DriftRow> seen = judged is null ? [] : [.. byWeek[judged.From]];
        var usual = reference.Before(judged?.From ?? current);
        var callers = Groups(seen, usual, row => row.CallingAe, options);
        var before = live.Where(row => judged is not null && row.At < judged.From).ToList();
        return new()
        {
            Modality = modality,
            Reference = reference.Kind,
            Manifest = reference.Manifest,
            ReferenceRows = usual.Count,
            Weeks = weeks,
            Judged = judged,
            Callers = callers,
            Vendors = Groups(seen, usual, row => row.Vendor.ToString(), options),
            Reasons = DriftReasons.Of(judged, callers, before, seen, reference.NewSubjects, options),
        };
    }

    private static DriftWeek Week(DateTimeOffset monday, List<DriftRow> rows, IReadOnlyList<DriftRow> usual, DriftOptions options) => new()
    {
        From = monday,
        Series = rows.Count,
        HeldBy = HeldBy(rows),
        Rejected = rows.Count(row => row.Rejected),
        Stability = Stability(rows, usual, usual, options),
    };

    private static List<DriftGroup> Groups(
        List<DriftRow> rows, IReadOnlyList<DriftRow> usual, Func<DriftRow, string> name, DriftOptions options)
    {
        var usualOf = usual.ToLookup(name);
        return
        [
            .. rows.GroupBy(name).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new DriftGroup(
                group.Key, group.Count(), HeldBy(group), Stability([.. group], [.. usualOf[group.Key]], usual, options))),
        ];
    }

    private static Dictionary<string, int> HeldBy(IEnumerable<DriftRow> rows) =>
        rows.Where(row => row.HeldBy is not null).GroupBy(row => row.HeldBy!).OrderBy(held => held.Key, StringComparer.Ordinal)
            .ToDictionary(held => held.Key, held => held.Count());

    private static Dictionary<string, StabilityIndex> Stability(
        List<DriftRow> rows, IReadOnlyList<DriftRow> own, IReadOnlyList<DriftRow> all, DriftOptions options)
    {
        var found = new Dictionary<string, StabilityIndex>();
        foreach (var measure in MeasureName.OfDrift)
        {
            List<double> live = [.. DriftRow.Values(rows, measure)];
            var index = StabilityIndex.Of(DriftRow.Values(own, measure), live, options.Fewest)
                ?? StabilityIndex.Of(DriftRow.Values(all, measure), live, options.Fewest);
            if (index is not null)
                found[measure] = index;
        }
        return found;
    }
}
