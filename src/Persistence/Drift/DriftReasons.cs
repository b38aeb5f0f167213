using System.Globalization;

namespace Gateway.Persistence;

/// <summary>The rule that says when to look and when to retrain, and why.</summary>
internal static class DriftReasons
{
    private const double OnceInAThousand = 3.0902;

    /// <param name="judged">Null: too few series to compare.</param>
    /// <param name="callers">Its series by calling AE title.</param>
    /// <param name="before">The series of the weeks before it.</param>
    /// <param name="seen">Its own.</param>
    /// <param name="newSubjects">Patients that the champion did not learn from.</param>
    /// <param name="options">The limits.</param>
    public static IReadOnlyList<DriftReason> Of(
        DriftWeek? judged, IReadOnlyList<DriftGroup> callers, List<DriftRow> before, List<DriftRow> seen, int newSubjects,
        DriftOptions options)
    {
        var reasons = new List<DriftReason>();
        if (judged is not null)
        {
            reasons.AddRange(MeasureName.OfDrift.Select(measure => Shifted(measure, judged, callers, options)).OfType<DriftReason>());
            reasons.AddRange(Held(judged, before, seen, options));
            if (MoreOf(row => row.Rejected, seen, before, options) is { } said)
                reasons.Add(
                    new(DriftLevel.Suggest, Say(
                        $"In {judged.Name} readers rejected {said.Now:0%} of {seen.Count} results, {said.Then:0%} before."), null, null,
                        said.Now, said.Limit));
        }
        if (newSubjects >= options.NewSubjects)
            reasons.Add(
                new(DriftLevel.Suggest, Say($"The archive holds {newSubjects} patients that the champion did not learn from."), null, null,
                    newSubjects, options.NewSubjects));
        return [.. reasons.OrderByDescending(reason => reason.Level)];
    }

    private static DriftReason? Shifted(string measure, DriftWeek judged, IReadOnlyList<DriftGroup> callers, DriftOptions options)
    {
        var all = judged.Stability.GetValueOrDefault(measure);
        var most = callers.Where(caller => LevelOf(caller.Stability.GetValueOrDefault(measure), options) > DriftLevel.Usual)
            .MaxBy(caller => caller.Stability[measure].Value);
        var sender = most?.Stability[measure];
        var level = (DriftLevel)Math.Max((int)LevelOf(all, options), (int)LevelOf(sender, options));
        if (level == DriftLevel.Usual)
            return null;
        var text = Say($"{measure} in {judged.Name}:")
            + (all is null ? "" : Say($" index {all.Value:0.00} over {all.Live} series (chance alone: {all.Chance:0.00})."))
            + (sender is null
                ? ""
                : Say(
                    $" Series from {most!.Name} shifted the most: {sender.Value:0.00} over {sender.Live} (chance alone: {sender.Chance:0.00})."));
        return new(
            level, text, measure, most?.Name, Math.Max(all?.Value ?? 0, sender?.Value ?? 0),
            level == DriftLevel.Suggest ? options.Suggest : options.Watch);
    }

    private static DriftLevel LevelOf(StabilityIndex? index, DriftOptions options) =>
        index is null ? DriftLevel.Usual
        : index.Exceeds(options.Suggest) ? DriftLevel.Suggest
        : index.Exceeds(options.Watch) ? DriftLevel.Watch
        : DriftLevel.Usual;

    /// <summary>Of all senders together, and of each with its own past.</summary>
    private static IEnumerable<DriftReason> Held(DriftWeek judged, List<DriftRow> before, List<DriftRow> seen, DriftOptions options)
    {
        if (MoreOf(IsHeld, seen, before, options) is { } all)
            yield return new(
                DriftLevel.Suggest,
                Say($"In {judged.Name} {all.Now:0%} of {seen.Count} series were held, {all.Then:0%} before: {Codes(seen)}."), null, null,
                all.Now, all.Limit);
        var past = before.ToLookup(row => row.CallingAe);
        foreach (var caller in seen.GroupBy(row => row.CallingAe).OrderBy(caller => caller.Key, StringComparer.Ordinal))
            if (MoreOf(IsHeld, [.. caller], [.. past[caller.Key]], options) is { } own)
                yield return new(
                    DriftLevel.Suggest, Say(
                        $"In {judged.Name} {own.Now:0%} of {caller.Count()} series from {caller.Key} were held, {own.Then:0%} before: {Codes(caller)}."),
                    null, caller.Key, own.Now, own.Limit);
    }

    private static bool IsHeld(DriftRow row) => row.HeldBy is not null;

    /// <returns>Null: not so many times the share before, or no more than chance makes once in a thousand times.</returns>
    private static (double Now, double Then, double Limit)? MoreOf(
        Predicate<DriftRow> which, List<DriftRow> seen, List<DriftRow> before, DriftOptions options)
    {
        if (seen.Count < options.Fewest || before.Count < options.Fewest)
            return null;
        int count = seen.FindAll(which).Count, was = before.FindAll(which).Count;
        var (now, then) = ((double)count / seen.Count, (double)was / before.Count);
        var both = (double)(count + was) / (seen.Count + before.Count);
        var chance = OnceInAThousand * Math.Sqrt(both * (1 - both) * (1.0 / seen.Count + 1.0 / before.Count));
        return now >= options.HeldTimes * then && now - then > chance ? (now, then, options.HeldTimes * then) : null;
    }

    private static string Codes(IEnumerable<DriftRow> rows) => string.Join(", ", rows.Where(row => row.HeldBy is not null)
        .GroupBy(row => row.HeldBy!).OrderByDescending(held => held.Count()).ThenBy(held => held.Key, StringComparer.Ordinal)
        .Select(held => $"{held.Key} {held.Count()}"));

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
