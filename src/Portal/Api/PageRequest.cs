using System.Globalization;

namespace Gateway.Portal;

/// <summary><c>limit</c> and <c>cursor</c> of a list, as asked for.</summary>
/// <param name="Limit">Rows in a page, 1 to 200.</param>
/// <param name="After">Null for the first page.</param>
internal sealed record PageRequest(int Limit, Cursor? After)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>Reads the two query parameters; what is wrong with them is in <paramref name="errors"/> by name.</summary>
    public static PageRequest Read(IQueryCollection query, Dictionary<string, string[]> errors)
    {
        var limit = DefaultLimit;
        if (query["limit"].ToString() is { Length: > 0 } asked
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
            errors["limit"] = [$"A whole number from 1 to {MaxLimit}."];
        Cursor? after = null;
        if (query["cursor"].ToString() is { Length: > 0 } text)
        {
            if (Cursor.TryParse(text, out var cursor))
                after = cursor;
            else
                errors["cursor"] = ["The value of next in the page before, unchanged."];
        }
        return new(limit, after);
    }
}
