using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Every column that names an object: what none of them names is an orphan. A new column that names objects is a line
/// here.</summary>
public static class NamedObjects
{
    /// <summary>One query a column, each of digests.</summary>
    public static IReadOnlyList<Func<GatewayDbContext, IQueryable<string>>> Columns { get; } =
    [
        db => db.Instances.Select(row => row.Sha256),
        db => db.Pictures.Select(row => row.Sha256),
        db => db.ArchiveSamples.Select(row => row.Sha256),
        db => db.Manifests.Select(row => row.Digest),
        db => db.TrainingJobs.Where(row => row.CheckpointSha256 != null).Select(row => row.CheckpointSha256!),
        db => db.TrainingSheets.Select(row => row.Sha256),
        db => db.Models.Select(row => row.Digest),
        db => db.Models.Where(row => row.ReportSha256 != null).Select(row => row.ReportSha256!),
        db => db.Models.Where(row => row.SheetSha256 != null).Select(row => row.SheetSha256!),
        db => db.ShadowResults.Where(row => row.SheetSha256 != null).Select(row => row.SheetSha256!),
    ];

    /// <summary>Whether any row names this object.</summary>
    public static async Task<bool> HoldAsync(GatewayDbContext db, string sha256, CancellationToken cancel)
    {
        foreach (var column in Columns)
            if (await column(db).AnyAsync(name => name == sha256, cancel))
                return true;
        return false;
    }

    /// <summary>The digests in rows that begin with this digit: a sixteenth of all, so that they fit into memory.</summary>
    public static async Task<HashSet<string>> NamedAsync(
        IDbContextFactory<GatewayDbContext> databases, char first, CancellationToken cancel)
    {
        var (named, prefix) = (new HashSet<string>(StringComparer.Ordinal), $"{first}");
        foreach (var column in Columns)
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            named.UnionWith(await column(db).Where(name => name.StartsWith(prefix)).ToListAsync(cancel));
        }
        return named;
    }
}
