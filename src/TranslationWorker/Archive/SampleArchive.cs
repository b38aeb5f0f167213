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
        var callers = await db.Associations.AsNoTracking().Where(a => associations.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, a => a.CallingAe, cancel);
        var allowed = source.Origin == SeriesOrigin.Received
            && policy.Allows([source.SeriesDescription, source.Study.StudyDescription], callers.Values);
        if (!allowed || await policy.PatientAsync(source.StudyId, db, cancel) is not { } patient)
            return null;
        var chosen = source.Instances.Find(i => !i.Conflict && i.SopInstanceUid == result.ChosenSopInstanceUid)?.AssociationId;
        var caller = chosen is { } association && callers.TryGetValue(association, out var title) ? title : "";
        var row = await StoreAsync(source.Id, sample, result.Figures, patient, caller, patient.Split, cancel, source.Revision);
        return new(row, patient);
    }

    /// <summary>Stores the object of a sample that may enter.</summary>
    /// <param name="id">Key of its row.</param>
    /// <param name="sample">What is kept.</param>
    /// <param name="figures">What the slice is told by.</param>
    /// <param name="patient">Whose it is.</param>
    /// <param name="caller">AE title that brought it; empty for none.</param>
    /// <param name="split">What it is for.</param>
    /// <param name="cancel">Ends the wait for the object store.</param>
    /// <param name="revision">Of the series; 0 for an imported head.</param>
    /// <returns>The row, which nobody has added yet.</returns>
    public async Task<ArchiveSample> StoreAsync(
        Guid id, PreparedSample sample, SliceFigures? figures, SubjectPseudonym patient, string caller, ArchiveSplit split,
        CancellationToken cancel,
        int revision = 0) => new()
        {
            Id = id,
            Revision = revision,
            Modality = sample.Modality.Code,
            GreyLow = sample.Range.Low,
            GreyHigh = sample.Range.High,
            RowSpacing = sample.Spacing.Row,
            ColumnSpacing = sample.Spacing.Column,
            SliceDistance = sample.SliceDistance,
            Slices = sample.Slices.Count,
            Centre = sample.Centre,
            Registration = sample.Registration,
            Measures = figures is null ? [] : new(figures.Measures),
            Subject = patient.Subject,
            SubjectOfAnyIssuer = patient.AnyIssuer,
            KeyId = patient.KeyId,
            Split = split,
            CallingAe = caller,
            Vendor = sample.Vendor,
            EnteredOn = new(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero),
            Sha256 = await objects.PutAsync(sample.Encode(), cancel),
        };

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
        if (await old.AnyAsync(
            s => s.Sha256 == sample.Row.Sha256 && s.Revision == source.Revision && s.Subject == sample.Row.Subject, cancel))
            return;
        await old.ExecuteDeleteAsync(cancel);
        db.ArchiveSamples.Add(sample.Row);
    }
}
