using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>What readers said of the results of one model.</summary>
/// <param name="Digest">The model's.</param>
/// <param name="Model">Its name and version.</param>
/// <param name="Direction">Such as <c>t2-ct</c>.</param>
/// <param name="Results">Derived series that it made.</param>
/// <param name="Accepted">Of these, by the verdict that counts.</param>
/// <param name="Rejected">Of these, by the verdict that counts.</param>
public sealed record ReaderRate(string Digest, string Model, string Direction, int Results, int Accepted, int Rejected)
{
    /// <summary>By direction and name.</summary>
    /// <param name="db">Read only.</param>
    /// <param name="since">Results that were made before do not count.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    internal static async Task<IReadOnlyList<ReaderRate>> ReadAsync(GatewayDbContext db, DateTimeOffset since, CancellationToken cancel)
    {
        var made = db.Series.AsNoTracking()
            .Where(s => s.Origin == SeriesOrigin.Derived && s.CreatedAt >= since && s.ModelDigest != null);
        var counts = await made.GroupBy(s => new { s.ModelDigest, s.ModelName, s.Direction })
            .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel);
        var judged = (await made.Include(s => s.Verdicts).Where(s => s.Verdicts.Any()).ToListAsync(cancel))
            .ToLookup(s => (s.ModelDigest, s.ModelName, s.Direction), s => ReaderVerdict.Counting(s.Verdicts)?.Kind);
        return
        [
            .. from one in counts
               let said = judged[(one.Key.ModelDigest, one.Key.ModelName, one.Key.Direction)]
               orderby one.Key.Direction, one.Key.ModelName, one.Key.ModelDigest
               select new ReaderRate(
                   one.Key.ModelDigest!, one.Key.ModelName ?? "", one.Key.Direction ?? "", one.Count,
                   said.Count(kind => kind == VerdictKind.Accepted), said.Count(kind => kind == VerdictKind.Rejected)),
        ];
    }
}
