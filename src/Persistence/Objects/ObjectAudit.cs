using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Compares the rows that name objects with the objects, both ways, and each object's bytes with its name. It writes
/// nothing.</summary>
public sealed class ObjectAudit(IDbContextFactory<GatewayDbContext> databases, IObjectStore objects, DataDirectory data)
{
    private const string HexDigits = "0123456789abcdef";
    private const int Step = 1_000;

    /// <summary>Reads every object once, a sixteenth of all names in memory at a time.</summary>
    /// <param name="read">Told every thousand how many objects were read.</param>
    /// <param name="cancel">Ends it between two objects.</param>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public async Task<ObjectAuditReport> RunAsync(IProgress<int>? read, CancellationToken cancel)
    {
        var report = new ObjectAuditReport();
        foreach (var first in HexDigits)
        {
            var named = await NamedObjects.NamedAsync(databases, first, cancel);
            foreach (var name in named.Order(StringComparer.Ordinal))
            {
                await CheckAsync(name, report, cancel);
                if (++report.Named % Step == 0)
                    read?.Report(report.Named);
            }

            report.Orphans += HexDigits.Select(second => Path.Combine(data.Objects, $"{first}{second}")).Where(Directory.Exists)
                .SelectMany(Directory.EnumerateFiles).Select(Path.GetFileName)
                .Count(name => ObjectDigest.Is(name!) && !named.Contains(name!));
        }

        return report;
    }

    private async Task CheckAsync(string name, ObjectAuditReport report, CancellationToken cancel)
    {
        try
        {
            await using var content = objects.OpenRead(name);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel)) != name)
                report.Damaged.Add(name);
        }
        catch (FileNotFoundException)
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            if (await NamedObjects.HoldAsync(db, name, cancel))    // its row may have been deleted meanwhile, and the object with it
                report.Missing.Add(name);
        }
    }
}
