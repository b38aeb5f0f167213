using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Gateway.DicomListener;

/// <summary>Writes the studies, series, instances and ledger rows of images that arrived together, in one transaction. It reads first
/// which rows exist.</summary>
internal sealed class InstanceBatch
{
    private readonly GatewayDbContext _db;
    private readonly IObjectStore _objects;
    private readonly Dictionary<string, Study> _studies;
    private readonly Dictionary<(Guid, string), Series> _series;
    private readonly Dictionary<Guid, StudyPatient> _patients;
    private readonly HashSet<(Guid, Guid)> _evidence;
    private readonly ILookup<string, Instance> _stored;
    private readonly List<Instance> _added = [];
    private readonly SortedSet<Guid> _namedAnew = [];
    private readonly SortedDictionary<Guid, string> _urgent = [];
    private readonly ArrivalTouches _touches = new();

    private InstanceBatch(
        GatewayDbContext db, IObjectStore objects, Dictionary<string, Study> studies, Dictionary<(Guid, string), Series> series,
        Dictionary<Guid, StudyPatient> patients, ILookup<string, Instance> stored, HashSet<(Guid, Guid)> evidence) =>
        (_db, _objects, _studies, _series, _patients, _stored, _evidence) = (db, objects, studies, series, patients, stored, evidence);

    /// <returns>Where each is kept.</returns>
    public static async Task<IReadOnlyList<KeptInstance>> WriteAsync(
        GatewayDbContext db, IObjectStore objects, IReadOnlyList<ReceivedInstance> instances)
    {
        await using var rows = new ArrivalRows(db);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var batch = await LoadAsync(db, objects, instances);
        var kept = instances.Select(batch.Add).ToList();
        await db.SaveChangesAsync();
        await rows.TouchAsync(transaction.GetDbTransaction(), batch._touches);
        foreach (var (study, rule) in batch._urgent)
            await db.Studies.Where(s => s.Id == study).ExecuteUpdateAsync(set => set.SetProperty(s => s.UrgentBy, rule));
        foreach (var study in batch._namedAnew)
            await db.NotePatientsAsync(study, CancellationToken.None);
        await transaction.CommitAsync();
        return kept;
    }

    private static async Task<InstanceBatch> LoadAsync(
        GatewayDbContext db, IObjectStore objects, IReadOnlyList<ReceivedInstance> instances)
    {
        var (studyUids, seriesUids, sopUids, associations) = (
            instances.Select(i => i.StudyUid).Distinct().ToList(), instances.Select(i => i.SeriesUid).Distinct().ToList(),
            instances.Select(i => i.SopInstanceUid).Distinct().ToList(), instances.Select(i => i.AssociationId).Distinct().ToList());

        var studies = await db.Studies.AsNoTracking()
            .Where(s => studyUids.Contains(s.StudyInstanceUid)).ToDictionaryAsync(s => s.StudyInstanceUid);
        var studyIds = studies.Values.Select(s => s.Id).ToList();
        var series = await db.Series.AsNoTracking()
            .Where(s => studyIds.Contains(s.StudyId) && seriesUids.Contains(s.SeriesInstanceUid)).ToListAsync();
        var patients = await db.StudyPatients.AsNoTracking().Where(p => studyIds.Contains(p.StudyId)).ToListAsync();
        var stored = await db.Instances.AsNoTracking().Where(i => sopUids.Contains(i.SopInstanceUid)).ToListAsync();
        var evidence = await db.AssociationStudies.AsNoTracking()
            .Where(e => associations.Contains(e.AssociationId) && studyIds.Contains(e.StudyId)).ToListAsync();
        return new(
            db, objects, studies, series.ToDictionary(s => (s.StudyId, s.SeriesInstanceUid)), patients.ToDictionary(p => p.Id),
            stored.ToLookup(i => i.SopInstanceUid), [.. evidence.Select(e => (e.AssociationId, e.StudyId))]);
    }

    /// <summary>The same data set under the same UID is one image that was sent again, also where an archive encoded it anew. Another one
    /// under that UID is kept beside it and flagged; it is news only where it names another patient.</summary>
    private KeptInstance Add(ReceivedInstance received)
    {
        var study = StudyOf(received);
        var series = SeriesOf(study, received);
        _touches.Count(received);
        if (_evidence.Add((received.AssociationId, study.Id)))    // also for an image sent again: its association may bring more
            _db.AssociationStudies.Add(new() { AssociationId = received.AssociationId, StudyId = study.Id });

        var known = _stored[received.SopInstanceUid].Concat(_added.Where(i => i.SopInstanceUid == received.SopInstanceUid)).ToList();
        var same = known.FindAll(i => i.SeriesId == series.Id);
        var isOurs = series.Origin != SeriesOrigin.Received;    // what comes back from a PACS is no news, whomever it names there
        var asStored = !isOurs || !DicomTransferSyntax.Parse(received.TransferSyntaxUid).IsEncapsulated;
        if (same.Exists(i => i.Sha256 == received.Sha256)
            || same.Exists(i => DataSetDigest.AreEqual(_objects, i.Sha256, received.Sha256, asStored)))
            return new(study.Id, series);

        var patient = isOurs ? null : PatientOf(study, received);
        var counts = same.Find(i => !i.Conflict);
        var instance = ArrivalRows.NewInstance(
            received, series.Id, patient?.Id, conflict: counts is not null || patient?.RuledOut == true,
            uidElsewhere: known.Count > same.Count);
        _db.Instances.Add(instance);
        _added.Add(instance);
        if (!isOurs && (same.Count == 0 || !instance.Conflict || NamesAnother(patient!, counts)))
        {
            _touches.Open(received, study.Id, series.Id);
            if (received.UrgentBy is { } rule && study.UrgentBy is null)
                _urgent[study.Id] = rule;
        }
        return new(study.Id, series);
    }

    /// <summary>Whether an image names another patient than the one that counts under its UID.</summary>
    private bool NamesAnother(StudyPatient patient, Instance? counts) =>
        !patient.RuledOut && counts?.StudyPatientId is { } id && _patients.TryGetValue(id, out var other)
            && patient.Identity.DiffersFrom(other.Identity);

    private StudyPatient PatientOf(Study study, ReceivedInstance received)
    {
        if (_patients.TryGetValue(StudyPatient.IdOf(study.Id, received.Patient), out var patient))
            return patient;
        patient = ArrivalRows.NewPatient(received, study);
        _db.StudyPatients.Add(patient);
        if (_patients.Values.Any(p => p.StudyId == study.Id))
            _namedAnew.Add(study.Id);
        return _patients[patient.Id] = patient;
    }

    private Study StudyOf(ReceivedInstance received)
    {
        if (_studies.TryGetValue(received.StudyUid, out var study))
            return study;
        study = ArrivalRows.NewStudy(received);
        _db.Studies.Add(study);
        return _studies[received.StudyUid] = study;
    }

    private Series SeriesOf(Study study, ReceivedInstance received)
    {
        var key = (study.Id, received.SeriesUid);
        if (_series.TryGetValue(key, out var series))
            return series;
        series = ArrivalRows.NewSeries(received, study.Id);
        _db.Series.Add(series);
        return _series[key] = series;
    }
}
