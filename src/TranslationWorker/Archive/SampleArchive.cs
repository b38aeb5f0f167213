using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Keeps what was translated for retraining: the object first, the row in the transaction of the result.</summary>
public sealed class SampleArchive(ArchivePolicy policy, IObjectStore objects, TimeProvider time)
{
    /// <summary>Stores the object of a series that may enter.</summary>
    /// <param name="source">The received series with study and instances.</param>
    /// <param name="result">Its translation.</param>
    /// <param name="db">Read only.</param>
    /// <param name="cancel">Ends the wait for the database and the object store.</param>
    /// <returns>Null where it may not.</returns>
    public async Task<StoredSample?> StoreAsync(Series source, TranslatedSeries result, GatewayDbContext db, CancellationToken cancel)
    {
        if (result.Sample is not { } sample)
            return null;
        var associations = source.Instances.Where(i => !i.Conflict).Select(i => i.AssociationId).OfType<Guid>().Distinct().ToList();
        var callers = await db.Associations.AsNoTracking().Where(a => associations.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.CallingAe, cancel);
        if (!policy.Allows(source, callers.Values) || await policy.PatientAsync(source.StudyId, db, cancel) is not { } patient)
            return null;
        var chosen = source.Instances.Find(i => !i.Conflict && i.SopInstanceUid == result.ChosenSopInstanceUid)?.AssociationId;
        var caller = chosen is { } association && callers.TryGetValue(association, out var title) ? title : "";
        return new(Row(source, result, sample, patient, caller, await objects.PutAsync(sample.Encode(), cancel)), patient);
    }

    /// <summary>Puts the row of this revision in the place of an earlier one's; without a sample, only takes that one out. In the caller's
    /// transaction, which holds the lock of the study.</summary>
    public async Task ReplaceAsync(Series source, StoredSample? sample, GatewayDbContext db, CancellationToken cancel)
    {
        var old = db.ArchiveSamples.Where(s => s.Id == source.Id);
        // Meanwhile the patient may have been erased, or another been named.
        if (sample is null || await policy.PatientAsync(source.StudyId, db, cancel) != sample.Patient)
        {
            await old.ExecuteDeleteAsync(cancel);
            return;
        }
        if (await old.AnyAsync(s => s.Sha256 == sample.Row.Sha256 && s.Revision == source.Revision && s.Subject == sample.Row.Subject, cancel))
            return;
        await old.ExecuteDeleteAsync(cancel);
        db.ArchiveSamples.Add(sample.Row);
    }

    private ArchiveSample Row(Series source, TranslatedSeries result, PreparedSample sample, SubjectPseudonym patient, string caller, string sha256) => new()
    {
        Id = source.Id,
        Revision = source.Revision,
        Modality = sample.Modality.Code,
        GreyLow = sample.Range.Low,
        GreyHigh = sample.Range.High,
        RowSpacing = sample.Spacing.Row,
        ColumnSpacing = sample.Spacing.Column,
        SliceDistance = sample.SliceDistance,
        Slices = sample.Slices.Count,
        Centre = sample.Centre,
        Registration = sample.Registration,
        Measures = result.Figures is { } figures ? new(figures.Measures) : [],
        Subject = patient.Subject,
        SubjectOfAnyIssuer = patient.AnyIssuer,
        KeyId = patient.KeyId,
        Split = patient.Split,
        CallingAe = caller,
        Vendor = sample.Vendor,
        EnteredOn = new(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero),
        Sha256 = sha256,
    };
}
