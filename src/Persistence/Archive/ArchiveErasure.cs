using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Takes a patient out of the archive for good.</summary>
public sealed class ArchiveErasure(IDbContextFactory<GatewayDbContext> databases, SubjectKey key, OrphanSweep objects)
{
    /// <summary>Deletes rows, then objects, and leaves tombstones, so that no later image of the patient enters. Images that name no issuer
    /// may be any issuer's: they are taken for the patient's. Models stay; they are named, also when the patient is erased again.</summary>
    /// <param name="patientId">Patient ID (0010,0020).</param>
    /// <param name="issuer">Issuer of Patient ID (0010,0021); null for every patient with this ID.</param>
    /// <param name="cancel">Ends the wait for the database; what was committed stays.</param>
    /// <exception cref="InvalidDataException">The archive was made with another key: nothing could be found by this one.</exception>
    public async Task<ErasedSamples> EraseAsync(string patientId, string? issuer, CancellationToken cancel)
    {
        var (any, none) = (key.Of("", patientId).AnyIssuer, key.Of("", patientId).Subject);
        string[] gone = string.IsNullOrWhiteSpace(issuer) ? [any] : [key.Of(issuer, patientId).Subject, none];
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.KnowsOtherKeyAsync(key.Id, cancel))
            throw new InvalidDataException("The archive was made with another key; name its file by Archive:PseudonymKey.");

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockImportsAsync(cancel);
        // A translation that is being saved either comes before and is seen, or waits and sees the tombstone.
        var id = patientId.Trim();
        await db.LockStudiesAsync(await db.Studies.Where(s => s.PatientId == id).Select(s => s.Id).ToListAsync(cancel), cancel);
        var known = await db.ArchiveTombstones.Where(t => gone.Contains(t.Subject)).Select(t => t.Subject).ToListAsync(cancel);
        db.ArchiveTombstones.AddRange(gone.Except(known).Select(subject => new ArchiveTombstone { Subject = subject, KeyId = key.Id }));
        await db.SaveChangesAsync(cancel);
        var samples = db.ArchiveSamples.Where(s => gone.Contains(s.Subject) || gone.Contains(s.SubjectOfAnyIssuer));
        var digests = await samples.Select(s => s.Sha256).ToListAsync(cancel);
        var rows = await samples.ExecuteDeleteAsync(cancel);
        var (models, jobs) = (await db.ModelsOfAsync(gone, digests, cancel), await db.JobsOfAsync(gone, digests, cancel));
        await transaction.CommitAsync(cancel);
        return new(rows, await objects.DeleteAsync(digests, CancellationToken.None), models, jobs);
    }

    /// <summary>Deletes the rows of what entered before a time; the objects go with the next sweep. No tombstones: later images of the same
    /// patients enter.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ExpireAsync(DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.ArchiveSamples.Where(s => s.EnteredOn < before).ExecuteDeleteAsync(cancel);
    }
}
