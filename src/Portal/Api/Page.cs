namespace Gateway.Portal;

/// <summary>One page of a list, newest first.</summary>
/// <param name="Items">At most as many as asked for.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Makes a page from rows of which one more was read than the page holds: it tells whether there is a next page.</summary>
    internal static Page<T> Of(List<T> rows, int limit, Func<T, Cursor> cursorOf) => rows.Count <= limit
        ? new(rows, null)
        : new(rows[..limit], cursorOf(rows[limit - 1]).ToString());

    public Page<TOut> Select<TOut>(Func<T, TOut> map) => new([.. Items.Select(map)], Next);
}
