using System.Data.Common;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Gateway.DicomListener;

/// <summary>Writes images of series that this process has written to before, which is all but the first of each: their rows hold nothing
/// new but themselves. Statements prepared once, on one connection: through EF Core an image costs a millisecond more.</summary>
/// <remarks>What is remembered is never taken on trust: a row that is not as expected undoes the batch, and
/// <see cref="InstanceBatch"/> reads everything.</remarks>
internal sealed class KnownSeries : IAsyncDisposable
{
    private const int MaxKnown = 10_000;

    private readonly GatewayDbContext _db;
    private readonly DbConnection _connection;
    private readonly PreparedStatement _insert;
    private readonly PreparedStatement _study;
    private readonly PreparedStatement _series;
    private readonly PreparedStatement _association;
    private readonly Dictionary<(Guid Association, string Study, string Series), (Guid Study, Guid Series, int Expected)> _known = [];

    private KnownSeries(GatewayDbContext db)
    {
        (_db, _connection) = (db, db.Database.GetDbConnection());
        var (instance, study, series, association) = (Rows<Instance>(), Rows<Study>(), Rows<Series>(), Rows<Association>());
        var columns = instance.GetProperties().ToList();
        _insert = new(_connection, columns, names =>
            $"INSERT INTO instances ({string.Join(", ", columns.Select(column => column.GetColumnName()))}) SELECT {string.Join(", ", names)} "
            + $"WHERE NOT EXISTS (SELECT 1 FROM instances WHERE sop_instance_uid = {names[columns.FindIndex(c => c.Name == nameof(Instance.SopInstanceUid))]})");
        _study = new(
            _connection, [study.GetProperty("State"), study.GetProperty("LastReceivedAt"), study.GetProperty("Id")],
            names => $"UPDATE studies SET state = {names[0]}, last_received_at = {names[1]} WHERE id = {names[2]}");
        _series = new(
            _connection, [series.GetProperty("State"), series.GetProperty("Id")],
            names => $"UPDATE series SET state = {names[0]} WHERE id = {names[1]}");
        _association = new(
            _connection, [association.GetProperty("Stored"), association.GetProperty("SeenAt"), association.GetProperty("Id")],
            names => $"UPDATE associations SET stored = stored + {names[0]}, seen_at = {names[1]} WHERE id = {names[2]}");
    }

    public static async Task<KnownSeries> OpenAsync(IDbContextFactory<GatewayDbContext> databases)
    {
        var db = await databases.CreateDbContextAsync();
        try
        {
            await db.Database.OpenConnectionAsync();
            return new(db);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>An image was committed with all it belongs to.</summary>
    public void Learn(ReceivedInstance instance, Guid studyId, Guid seriesId)
    {
        if (_known.Count >= MaxKnown)
            _known.Clear();
        _known[Key(instance)] = (studyId, seriesId, instance.ExpectedInStudy ?? 0);
    }

    /// <returns>False: nothing was written, since something about these images is new, or was there before.</returns>
    /// <exception cref="DbException">It may have been written, or not.</exception>
    public async Task<bool> TryWriteAsync(IReadOnlyList<ReceivedInstance> instances)
    {
        if (!instances.All(instance => _known.TryGetValue(Key(instance), out var known) && (instance.ExpectedInStudy ?? 0) <= known.Expected))
            return false;
        await using var transaction = await _connection.BeginTransactionAsync();
        foreach (var instance in instances)
            if (!await _insert.ChangesOneRowAsync(transaction, InstanceBatch.InstanceOf(instance, _known[Key(instance)].Series, false, false)))
                return false;
        if (!await TouchAsync(transaction, instances))
            return false;
        await transaction.CommitAsync();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var statement in (PreparedStatement[])[_insert, _study, _series, _association])
            await statement.DisposeAsync();
        await _db.DisposeAsync();
    }

    /// <summary>As <see cref="InstanceBatch"/> does, and in its order.</summary>
    private async Task<bool> TouchAsync(DbTransaction transaction, IReadOnlyList<ReceivedInstance> instances)
    {
        var (now, rows) = (instances.Max(i => i.At), instances.Select(i => _known[Key(i)]).ToList());
        foreach (var id in rows.Select(row => row.Study).Distinct().Order())
            if (!await _study.ChangesOneRowAsync(transaction, StudyState.Receiving, now, id))
                return false;
        foreach (var id in rows.Select(row => row.Series).Distinct().Order())
            if (!await _series.ChangesOneRowAsync(transaction, SeriesState.Receiving, id))
                return false;
        foreach (var association in instances.CountBy(i => i.AssociationId).OrderBy(pair => pair.Key))
            if (!await _association.ChangesOneRowAsync(transaction, association.Value, now, association.Key))
                return false;
        return true;
    }

    private IEntityType Rows<TEntity>() => _db.Model.FindEntityType(typeof(TEntity))!;

    private static (Guid, string, string) Key(ReceivedInstance instance) => (instance.AssociationId, instance.StudyUid, instance.SeriesUid);
}
