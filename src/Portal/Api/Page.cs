namespace Gateway.Portal;

/// <summary>One page of a list, newest first.</summary>
/// <param name="Items">At most as many as asked for.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>From one row more than the page holds, which tells whether there is another page.</summary>
    internal static Page<T> Of(List<T> rows, int limit, Func<T, Cursor> cursorOf) => rows.Count <= limit
        ? new(rows, null)
        : new(rows[..limit], cursorOf(rows[limit - 1]).ToString());

    public Page<TOut> Select<TOut>(Func<T, TOut> map) => new([.. Items.Select(map)], Next);
}
