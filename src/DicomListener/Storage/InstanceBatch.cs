using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>One transaction: studies, series, instances and ledger of what arrived together.</summary>
internal sealed class InstanceBatch
{
    private readonly GatewayDbContext _db;
    private readonly Dictionary<string, Study> _studies;
    private readonly Dictionary<(Guid, string), Series> _series;
    private readonly HashSet<(Guid, Guid)> _evidence;
    private readonly ILookup<string, Instance> _stored;
    private readonly List<Instance> _added = [];
    private readonly Dictionary<Guid, int> _openedStudies = [];
    private readonly HashSet<Guid> _openedSeries = [];

    private InstanceBatch(
        GatewayDbContext db, Dictionary<string, Study> studies, Dictionary<(Guid, string), Series> series,
        ILookup<string, Instance> stored, HashSet<(Guid, Guid)> evidence) =>
        (_db, _studies, _series, _stored, _evidence) = (db, studies, series, stored, evidence);

    /// <returns>Where each is kept.</returns>
    public static async Task<IReadOnlyList<KeptInstance>> WriteAsync(GatewayDbContext db, IReadOnlyList<ReceivedInstance> instances)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var batch = await LoadAsync(db, instances);
        var kept = instances.Select(batch.Add).ToList();
        await db.SaveChangesAsync();
        await batch.TouchAsync(instances);
        await transaction.CommitAsync();
        return kept;
    }

    private static async Task<InstanceBatch> LoadAsync(GatewayDbContext db, IReadOnlyList<ReceivedInstance> instances)
    {
        var (studyUids, seriesUids, sopUids, associations) = (
            instances.Select(i => i.StudyUid).Distinct().ToList(), instances.Select(i => i.SeriesUid).Distinct().ToList(),
            instances.Select(i => i.SopInstanceUid).Distinct().ToList(), instances.Select(i => i.AssociationId).Distinct().ToList());

        var studies = await db.Studies.AsNoTracking()
            .Where(s => studyUids.Contains(s.StudyInstanceUid)).ToDictionaryAsync(s => s.StudyInstanceUid);
        var studyIds = studies.Values.Select(s => s.Id).ToList();
        var series = await db.Series.AsNoTracking()
            .Where(s => studyIds.Contains(s.StudyId) && seriesUids.Contains(s.SeriesInstanceUid)).ToListAsync();
        var stored = await db.Instances.AsNoTracking().Where(i => sopUids.Contains(i.SopInstanceUid)).ToListAsync();
        var evidence = await db.AssociationStudies.AsNoTracking()
            .Where(e => associations.Contains(e.AssociationId) && studyIds.Contains(e.StudyId)).ToListAsync();
        return new(
            db, studies, series.ToDictionary(s => (s.StudyId, s.SeriesInstanceUid)), stored.ToLookup(i => i.SopInstanceUid),
            [.. evidence.Select(e => (e.AssociationId, e.StudyId))]);
    }

    /// <summary>The same bytes under the same UID are one image, sent again; other bytes under it are kept beside it, flagged.</summary>
    private KeptInstance Add(ReceivedInstance received)
    {
        var study = StudyOf(received);
        var series = SeriesOf(study, received);
        if (_evidence.Add((received.AssociationId, study.Id)))    // also for an image sent again: its association may bring more
            _db.AssociationStudies.Add(new() { AssociationId = received.AssociationId, StudyId = study.Id });

        var known = _stored[received.SopInstanceUid].Concat(_added.Where(i => i.SopInstanceUid == received.SopInstanceUid)).ToList();
        var same = known.FindAll(i => i.SeriesId == series.Id);
        if (same.Exists(i => i.Sha256 == received.Sha256))
            return new(study.Id, series);

        var instance = InstanceOf(received, series.Id, conflict: same.Count > 0, uidElsewhere: known.Count > same.Count);
        _db.Instances.Add(instance);
        _added.Add(instance);
        if (!instance.Conflict && series.Origin == SeriesOrigin.Received)    // what comes back from a PACS is no news
        {
            _openedStudies[study.Id] = Math.Max(_openedStudies.GetValueOrDefault(study.Id), received.ExpectedInStudy ?? 0);
            _openedSeries.Add(series.Id);
        }

        return new(study.Id, series);
    }

    /// <summary>Opens again what is complete, without looking: whoever completes at the same moment sees the row changed, or is seen
    /// here.</summary>
    private async Task TouchAsync(IReadOnlyList<ReceivedInstance> instances)
    {
        var now = instances.Max(i => i.At);
        foreach (var (id, expected) in _openedStudies.OrderBy(pair => pair.Key))    // one order for all replicas
        {
            await _db.Studies.Where(s => s.Id == id).ExecuteUpdateAsync(s => s
                .SetProperty(x => x.State, StudyState.Receiving)
                .SetProperty(x => x.LastReceivedAt, now));
            if (expected > 0)
                await ExpectedCount.RaiseAsync(_db, id, expected);
        }

        foreach (var id in _openedSeries.Order())
            await _db.Series.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.State, SeriesState.Receiving));
        foreach (var association in instances.CountBy(i => i.AssociationId).OrderBy(pair => pair.Key))
        {
            await _db.Associations.Where(a => a.Id == association.Key).ExecuteUpdateAsync(a => a
                .SetProperty(x => x.Stored, x => x.Stored + association.Value)
                .SetProperty(x => x.SeenAt, now));
        }
    }

    private Study StudyOf(ReceivedInstance received)
    {
        if (_studies.TryGetValue(received.StudyUid, out var study))
            return study;

        var header = received.Header;
        study = new()
        {
            Id = Guid.CreateVersion7(received.At),
            StudyInstanceUid = received.StudyUid,
            State = StudyState.Receiving,
            FirstReceivedAt = received.At,
            LastReceivedAt = received.At,
            PatientId = header.GetText(HeaderTag.PatientId),
            IssuerOfPatientId = header.GetText(HeaderTag.IssuerOfPatientId),
            AccessionNumber = header.GetText(HeaderTag.AccessionNumber),
            StudyDate = header.GetText(HeaderTag.StudyDate),
            StudyTime = header.GetText(HeaderTag.StudyTime),
            TimezoneOffsetFromUtc = header.GetText(HeaderTag.TimezoneOffsetFromUtc),
            StudyDescription = header.GetText(HeaderTag.StudyDescription),
        };
        _db.Studies.Add(study);
        return _studies[received.StudyUid] = study;
    }

    private Series SeriesOf(Study study, ReceivedInstance received)
    {
        var key = (study.Id, received.SeriesUid);
        if (_series.TryGetValue(key, out var series))
            return series;

        series = new()
        {
            Id = Guid.CreateVersion7(received.At),
            StudyId = study.Id,
            SeriesInstanceUid = received.SeriesUid,
            Origin = SeriesOrigin.Received,
            State = SeriesState.Receiving,
            CreatedAt = received.At,
            Modality = received.Header.GetText(HeaderTag.Modality),
            SeriesNumber = received.Header.GetInteger(HeaderTag.SeriesNumber),
            SeriesDescription = received.Header.GetText(HeaderTag.SeriesDescription),
            BodyPartExamined = received.Header.GetText(HeaderTag.BodyPartExamined),
        };
        _db.Series.Add(series);
        return _series[key] = series;
    }

    public static Instance InstanceOf(ReceivedInstance received, Guid seriesId, bool conflict, bool uidElsewhere) => new()
    {
        Id = Guid.CreateVersion7(received.At),
        SeriesId = seriesId,
        SopInstanceUid = received.SopInstanceUid,
        SopClassUid = received.Header.SopClassUid!.Value.Value,
        TransferSyntaxUid = received.TransferSyntaxUid,
        InstanceNumber = received.Header.GetInteger(HeaderTag.InstanceNumber),
        Sha256 = received.Sha256,
        Bytes = received.Bytes,
        ReceivedAt = received.At,
        Conflict = conflict,
        UidElsewhere = uidElsewhere,
        PixelDataShort = received.Header.PixelDataShort,
        AssociationId = received.AssociationId,
    };
}
