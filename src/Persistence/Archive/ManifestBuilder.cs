using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Writes down what the archive holds for a pair of modalities, so that a training run can be repeated and its patients
/// found.</summary>
public sealed class ManifestBuilder(IDbContextFactory<GatewayDbContext> databases, IObjectStore objects, TimeProvider time)
{
    /// <summary>Stores the object, then commits manifest and samples in one transaction. An archive that has not changed gives the manifest
    /// that is there, and adds nothing; so do several who ask at once.</summary>
    /// <param name="pair">The first direction of the pair, such as <c>t2-ct</c>: the modalities are those it names.</param>
    /// <param name="cancel">Ends the wait for database and object store.</param>
    /// <returns>Without its samples: those are in the object. An archive that holds nothing of the pair gives one of no samples.</returns>
    /// <exception cref="IOException">The object cannot be stored.</exception>
    public async Task<Manifest> MakeAsync(string pair, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var modalities = pair.Split('-');
        var samples = Once(await db.ArchiveSamples.AsNoTracking().Where(s => modalities.Contains(s.Modality)).ToListAsync(cancel));
        var document = Document(pair, samples);
        // Stored also where it is there: that keeps it from being swept as an orphan before its row is written.
        var digest = await objects.PutAsync(document.Encode(), cancel);
        if (await db.Manifests.AsNoTracking().SingleOrDefaultAsync(m => m.Digest == digest, cancel) is { } known)
            return known;
        var manifest = new Manifest
        {
            Digest = digest,
            Pair = pair,
            CreatedAt = time.GetUtcNow(),
            Samples = samples.Count,
            Subjects = document.Subjects,
        };
        db.Manifests.Add(manifest);
        db.ManifestSamples.AddRange(samples.Select(sample => Listed(digest, sample)));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            await using var other = await databases.CreateDbContextAsync(cancel);
            return await other.Manifests.AsNoTracking().SingleAsync(m => m.Digest == digest, cancel);
        }
        manifest.Listed.Clear();
        return manifest;
    }

    // The same bytes may have come in under two patients. They are listed once, on the side that learns least from them.
    private static List<ArchiveSample> Once(List<ArchiveSample> samples) =>
    [
        .. samples.GroupBy(s => s.Sha256)
            .Select(same => same.OrderByDescending(s => s.Split).ThenBy(s => s.Subject, StringComparer.Ordinal).ThenBy(s => s.Id).First())
            .OrderBy(s => s.Sha256, StringComparer.Ordinal),
    ];

    private static ManifestDocument Document(string pair, List<ArchiveSample> samples) => new()
    {
        Format = ManifestDocument.CurrentFormat,
        Pair = pair,
        Subjects = Subjects(samples),
        Counts =
        [
            .. samples.GroupBy(s => (s.Modality, s.Split, s.Vendor, s.CallingAe))
                .Select(
                    alike => new ManifestCount(
                        alike.Key.Modality, alike.Key.Split, alike.Key.Vendor, alike.Key.CallingAe, alike.Count(), Subjects(alike)))
                .OrderBy(c => c.Modality, StringComparer.Ordinal).ThenBy(c => c.Split).ThenBy(c => c.Vendor)
                .ThenBy(c => c.CallingAe, StringComparer.Ordinal),
        ],
        Samples = [.. samples.Select(s => new ManifestEntry(s.Sha256, s.Modality, s.Split, s.Slices, s.Centre, s.GreyLow, s.GreyHigh))],
    };

    // A scanner that leaves the issuer out makes no second patient of one.
    private static int Subjects(IEnumerable<ArchiveSample> samples) => samples.Select(s => s.SubjectOfAnyIssuer).Distinct().Count();

    private static ManifestSample Listed(string digest, ArchiveSample sample) => new()
    {
        ManifestDigest = digest,
        Sha256 = sample.Sha256,
        Modality = sample.Modality,
        Split = sample.Split,
        Subject = sample.Subject,
        SubjectOfAnyIssuer = sample.SubjectOfAnyIssuer,
        CallingAe = sample.CallingAe,
        Vendor = sample.Vendor,
    };
}
