using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Follows a patient from the manifests to models and jobs.</summary>
internal static class PatientModels
{
    /// <summary>The models that learned from a patient, those trained on from them whatever came between, and those judged by
    /// him.</summary>
    /// <param name="db">Where.</param>
    /// <param name="subjects">His pseudonyms, of either kind.</param>
    /// <param name="sha256">Digests of samples that are his too, also where a manifest lists them under another patient.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    public static async Task<IReadOnlyList<PatientModel>> ModelsOfAsync(
        this GatewayDbContext db, string[] subjects, List<string> sha256, CancellationToken cancel)
    {
        var manifests = await Listed(db, subjects, sha256).Select(s => new { s.ManifestDigest, s.Split }).Distinct().ToListAsync(cancel);
        var trained = manifests.Where(m => m.Split == ArchiveSplit.Train).Select(m => m.ManifestDigest).ToHashSet();
        var judged = manifests.Select(m => m.ManifestDigest).ToHashSet();
        var models = await db.Models.AsNoTracking().ToListAsync(cancel);
        var parents = models.ToDictionary(m => m.Digest, StringComparer.Ordinal);
        return [.. models.Where(m => Use(m) is not null).OrderBy(m => m.CreatedAt)
            .Select(m => new PatientModel(m.Digest, m.Direction, $"{m.Name} {m.Version}", m.State, Use(m)!.Value))];

        ModelUse? Use(Model model) => Of(trained, model) ? ModelUse.Learned : Ancestors(model).Any(m => Of(trained, m)) ? ModelUse.Inherited
            : Of(judged, model) ? ModelUse.Judged : null;

        IEnumerable<Model> Ancestors(Model model)
        {
            // A model cannot be its own ancestor, but rows that say so must not hang an erasure.
            for (var (left, one) = (parents.Count, model);
                left > 0 && one.ParentDigest is { } parent && parents.TryGetValue(parent, out one); left--)
                yield return one;
        }
    }

    /// <summary>Jobs that are not at their end and whose manifest lists him: what they hold in memory is not erased.</summary>
    public static Task<List<Guid>> JobsOfAsync(this GatewayDbContext db, string[] subjects, List<string> sha256, CancellationToken cancel)
    {
        TrainingJobState[] open = [TrainingJobState.Queued, TrainingJobState.Running, TrainingJobState.Paused];
        return db.TrainingJobs.Where(j => open.Contains(j.State)
            && Listed(db, subjects, sha256).Any(s => s.ManifestDigest == j.ManifestDigest)).Select(j => j.Id).ToListAsync(cancel);
    }

    private static IQueryable<ManifestSample> Listed(GatewayDbContext db, string[] subjects, List<string> sha256) =>
        db.ManifestSamples.Where(s => subjects.Contains(s.Subject) || subjects.Contains(s.SubjectOfAnyIssuer) || sha256.Contains(s.Sha256));

    private static bool Of(HashSet<string> manifests, Model model) => model.ManifestDigest is { } digest && manifests.Contains(digest);
}
