namespace Gateway.Portal;

/// <summary>Where a page of rows ended whose key is a digest: half of it tells them apart.</summary>
internal static class DigestCursor
{
    private const int Half = 32;

    public static Cursor Of(DateTimeOffset at, string digest) => new(at, Guid.ParseExact(digest.AsSpan(0, Half), "N"));

    /// <summary>Rows older than the cursor's, or as old with a digest that sorts before this text, come after it.</summary>
    public static string Digest(Cursor cursor) => cursor.Id.ToString("N");
}
