using System.Data.Common;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Gateway.DicomListener;

/// <summary>The rows of what arrives: the columns of a new row, the changes to rows that exist, and the order of writing. Both writers,
/// <see cref="KnownSeries"/> and <see cref="InstanceBatch"/>, use it.</summary>
internal sealed class ArrivalRows : IAsyncDisposable
{
    private readonly PreparedStatement _insert;
    private readonly PreparedStatement _study;
    private readonly PreparedStatement _openStudy;
    private readonly PreparedStatement _series;
    private readonly PreparedStatement _association;

    /// <param name="db">Its connection is open when the statements run.</param>
    public ArrivalRows(GatewayDbContext db)
    {
        var connection = db.Database.GetDbConnection();
        IEntityType Rows<TEntity>() => db.Model.FindEntityType(typeof(TEntity))!;
        var (instance, study, series, association) = (Rows<Instance>(), Rows<Study>(), Rows<Series>(), Rows<Association>());
        var columns = instance.GetProperties().ToList();
        _insert = new(connection, columns, names =>
        {
            string Value(string property) => names[columns.FindIndex(column => column.Name == property)];
            return $"INSERT INTO instances ({string.Join(", ", columns.Select(column => column.GetColumnName()))}) "
                + $"SELECT {string.Join(", ", names)} "
                + $"WHERE NOT EXISTS (SELECT 1 FROM instances WHERE sop_instance_uid = {Value(nameof(Instance.SopInstanceUid))}) "
                + "AND NOT EXISTS (SELECT 1 FROM study_patients "
                + $"WHERE id = {Value(nameof(Instance.StudyPatientId))} AND ruled_out)";
        });
        PreparedStatement StudyStatement(Func<IReadOnlyList<string>, string> set, string where) => new(
            connection,
            [study.GetProperty("LastReceivedAt"), study.GetProperty("ExpectedInstances"), study.GetProperty("Id")],
            names => $"UPDATE studies SET {set(names)}last_received_at = {names[0]}, expected_instances = "
                + $"CASE WHEN {names[1]} > COALESCE(expected_instances, 0) THEN {names[1]} ELSE expected_instances END WHERE id = {names[2]}{where}");
        _study = StudyStatement(names => $"{StudyLife.ReceivingAgain}, due_at = {names[0]}, ", "");
        _openStudy = StudyStatement(_ => "", $" AND {StudyLife.IsReceiving}");
        _series = new(
            connection, [series.GetProperty("Id")], names => SeriesMove.Statement(SeriesEvent.ImageStored, names[0]));
        _association = new(
            connection, [association.GetProperty("Stored"), association.GetProperty("SeenAt"), association.GetProperty("Id")],
            names => $"UPDATE associations SET stored = stored + {names[0]}, seen_at = {names[1]} WHERE id = {names[2]}");
    }

    public static Study NewStudy(ReceivedInstance received) => new()
    {
        Id = Guid.CreateVersion7(received.At),
        StudyInstanceUid = received.StudyUid,
        State = StudyState.Receiving,
        FirstReceivedAt = received.At,
        LastReceivedAt = received.At,
        DueAt = received.At,
        UrgentBy = received.UrgentBy,
        PatientId = received.Header.GetText(HeaderTag.PatientId),
        IssuerOfPatientId = received.Header.GetText(HeaderTag.IssuerOfPatientId),
        AccessionNumber = received.Header.GetText(HeaderTag.AccessionNumber),
        StudyDate = received.Header.GetText(HeaderTag.StudyDate),
        StudyTime = received.Header.GetText(HeaderTag.StudyTime),
        TimezoneOffsetFromUtc = received.Header.GetText(HeaderTag.TimezoneOffsetFromUtc),
        StudyDescription = received.Header.GetText(HeaderTag.StudyDescription),
    };

    public static StudyPatient NewPatient(ReceivedInstance received, Study study) => new()
    {
        Id = StudyPatient.IdOf(study.Id, received.Patient),
        StudyId = study.Id,
        PatientId = received.Patient.PatientId,
        IssuerOfPatientId = received.Patient.IssuerOfPatientId,
        PatientName = received.Patient.PatientName,
        PatientBirthDate = received.Patient.PatientBirthDate,
        PatientSex = received.Patient.PatientSex,
        AccessionNumber = received.Header.GetText(HeaderTag.AccessionNumber),
        StudyDate = received.Header.GetText(HeaderTag.StudyDate),
        StudyTime = received.Header.GetText(HeaderTag.StudyTime),
        TimezoneOffsetFromUtc = received.Header.GetText(HeaderTag.TimezoneOffsetFromUtc),
        StudyDescription = received.Header.GetText(HeaderTag.StudyDescription),
    };

    public static Series NewSeries(ReceivedInstance received, Guid studyId) => new()
    {
        Id = Guid.CreateVersion7(received.At),
        StudyId = studyId,
        SeriesInstanceUid = received.SeriesUid,
        Origin = SeriesOrigin.Received,
        State = SeriesLife.First(SeriesOrigin.Received),
        CreatedAt = received.At,
        Modality = received.Header.GetText(HeaderTag.Modality),
        SeriesNumber = received.Header.GetInteger(HeaderTag.SeriesNumber),
        SeriesDescription = received.Header.GetText(HeaderTag.SeriesDescription),
        BodyPartExamined = received.Header.GetText(HeaderTag.BodyPartExamined),
    };

    public static Instance NewInstance(
        ReceivedInstance received, Guid seriesId, Guid? studyPatientId, bool conflict = false, bool uidElsewhere = false) => new()
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
            StudyPatientId = studyPatientId,
            UidElsewhere = uidElsewhere,
            PixelDataShort = received.Header.PixelDataShort,
            AssociationId = received.AssociationId,
        };

    /// <returns>False when an image with this UID exists, or its patient is ruled out; then nothing was inserted.</returns>
    public Task<bool> InsertFirstAsync(DbTransaction transaction, Instance row) => _insert.ChangesOneRowAsync(transaction, row);

    /// <summary>Opens a complete study again, without reading it first. A completion at the same moment either sees that the row changed,
    /// or came before and is undone here.</summary>
    /// <returns>False when a row did not exist.</returns>
    public async Task<bool> TouchAsync(DbTransaction transaction, ArrivalTouches touches)
    {
        var there = true;
        foreach (var (id, expected) in touches.Studies)
            there &= await TouchStudyAsync(transaction, touches.At, expected, id);
        foreach (var id in touches.Series)
            there &= await _series.ChangesOneRowAsync(transaction, id);
        foreach (var (id, stored) in touches.Associations)
            there &= await _association.ChangesOneRowAsync(transaction, stored, touches.At, id);
        return there;
    }

    /// <summary>SQLite writes the indexes of every column that a statement names, also where its value stays: nearly always, the states do.
    /// </summary>
    private async Task<bool> TouchStudyAsync(DbTransaction transaction, DateTimeOffset at, int expected, Guid id) =>
        await _openStudy.ChangesOneRowAsync(transaction, at, expected, id)
            || await _study.ChangesOneRowAsync(transaction, at, expected, id);

    public async ValueTask DisposeAsync()
    {
        foreach (var statement in (PreparedStatement[])[_insert, _study, _openStudy, _series, _association])
            await statement.DisposeAsync();
    }
}
