namespace Gateway.Persistence;

/// <summary>The champions of one direction as a stack: an activation puts one on top, a roll back takes those above away. So two roll backs
/// go back twice, and never forth to the model that was left because it was bad.</summary>
public static class ModelHistory
{
    /// <param name="acts">All acts of the direction's models, oldest first.</param>
    /// <param name="rejected">Models that were rejected since: they are passed over.</param>
    /// <returns>The champion that a roll back leads to; null where none was before the one that counts now.</returns>
    public static string? Before(IEnumerable<ModelAct> acts, IReadOnlyCollection<string> rejected)
    {
        var champions = Champions(acts);
        return champions.SkipLast(1).LastOrDefault(digest => digest != champions[^1] && !rejected.Contains(digest));
    }

    /// <param name="acts">All acts of the direction's models, oldest first.</param>
    /// <returns>The first champion to the one that counts now.</returns>
    public static IReadOnlyList<string> Champions(IEnumerable<ModelAct> acts)
    {
        var champions = new List<string>();
        foreach (var act in acts)
        {
            if (act.Kind == ModelActKind.RolledBack && champions.LastIndexOf(act.Digest) is >= 0 and var at)
                champions.RemoveRange(at + 1, champions.Count - at - 1);
            else if (act.Kind is ModelActKind.Activated or ModelActKind.RolledBack)
                champions.Add(act.Digest);
        }
        return champions;
    }
}
