using System.Security.Cryptography;
using System.Text;
using Gateway.Contracts.Reasons;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Puts heads that came as files into the archive, prepared and judged as the translator does with those it receives.</summary>
public sealed class ArchiveImport(
    ArchivePolicy policy, SubjectKey key, SampleArchive archive, ModelCatalog models, ReferenceCatalog references,
    IOptions<TranslationOptions> options, IDbContextFactory<GatewayDbContext> databases)
{
    /// <summary>Adds a head unless it is there; what is there already is not prepared again. Safe to be killed at any instant: what was
    /// added stays, and an object without a row is swept.</summary>
    /// <param name="head">Which.</param>
    /// <param name="caller">AE title it is counted under; empty for none.</param>
    /// <param name="cancel">Ends the wait for database and object store.</param>
    /// <exception cref="InvalidDataException">The archive was made with another key.</exception>
    /// <exception cref="ModelException">There is no model of its direction, or no reference.</exception>
    public async Task<ImportResult> AddAsync(ImportedHead head, string caller, CancellationToken cancel)
    {
        if (!policy.Allows(head.Descriptions, caller.Length > 0 ? [caller] : []))
            return new(ImportVerdict.NotAllowed);
        if (string.IsNullOrWhiteSpace(head.PatientId))
            return new(ImportVerdict.NoPatient);
        var patient = key.Of(head.Issuer, head.PatientId);
        var id = IdOf(patient, head.ContentDigest);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.KnowsOtherKeyAsync(key.Id, cancel))
            throw new InvalidDataException("The archive was made with another key; name its file by Archive:PseudonymKey.");
        if (await db.IsErasedAsync(patient, cancel))
            return new(ImportVerdict.Erased);
        if (await db.ArchiveSamples.AnyAsync(s => s.Id == id, cancel))
            return new(ImportVerdict.Known);
        var (sample, figures, reasons) = Prepare(head);
        if (reasons.Count > 0)
            return new(ImportVerdict.Held, reasons);
        if (sample is null)
            return new(ImportVerdict.NotKept);
        var row = await archive.StoreAsync(
            id, sample, figures, patient, caller, head.IsOfMany ? ArchiveSplit.Train : patient.Split, cancel);
        return new(await CommitAsync(db, row, patient, cancel));
    }

    private (PreparedSample? Sample, SliceFigures? Figures, IReadOnlyList<Reason> Reasons) Prepare(ImportedHead head)
    {
        using var memory = new DecodedSlices((long)options.Value.DecodedMebibytes << 20);
        using var pair = models.Take(head.Profile.Direction);
        try
        {
            var (volume, facts) = (head.Read(memory), pair.There.Facts);
            var prepared = Preprocessor.Prepare(volume, references[head.Profile], facts.Window, facts.Deform);
            var verdict = references.Gate(head.Profile).Check(prepared);
            Reason[] reasons = [.. prepared.Reasons, .. verdict.Reasons, .. SeriesTranslator.MissingBeside(volume, prepared.SliceIndex)];
            if (reasons.Length > 0)
                return (null, null, reasons);
            var cycle = pair.Back?.Translate(
                pair.There.Translate(prepared.Input, Reference.Side, Reference.Side), Reference.Side, Reference.Side);
            return (PreparedSample.Of(prepared, head.Profile.Modality, head.HasHeaders), SliceFigures.Of(prepared, cycle, verdict), []);
        }
        catch (VolumeException e)
        {
            return (null, null, [e.Reason]);
        }
        catch (Exception e) when (e is InvalidDataException or DicomException)
        {
            return (null, null, [ReasonCode.Unreadable.Because(e.Message)]);
        }
    }

    private static async Task<ImportVerdict> CommitAsync(
        GatewayDbContext db, ArchiveSample row, SubjectPseudonym patient, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockImportsAsync(cancel);
        if (await db.IsErasedAsync(patient, cancel))
            return ImportVerdict.Erased;
        // The same bytes may have been pushed by a scanner, or be imported by another process.
        if (await db.ArchiveSamples.AnyAsync(s => s.Id == row.Id || (s.Sha256 == row.Sha256 && s.Subject == row.Subject), cancel))
            return ImportVerdict.Known;
        db.ArchiveSamples.Add(row);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return ImportVerdict.Added;
    }

    private static Guid IdOf(SubjectPseudonym patient, string contentDigest) =>
        new(SHA256.HashData(Encoding.ASCII.GetBytes($"import {patient.Subject} {contentDigest}")).AsSpan(0, 16), bigEndian: true);
}
