using System.Data.Common;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>Writes images of series that this process has written to before: all images but the first of a series. Only their own rows are
/// new. It uses statements prepared once, on one connection; EF Core needs a millisecond more for each image.</summary>
/// <remarks>What it remembers may be out of date. If a row is not as expected, the batch is undone, and <see cref="InstanceBatch"/> reads
/// everything.</remarks>
internal sealed class KnownSeries : IAsyncDisposable
{
    private const int MaxKnown = 10_000;

    private readonly GatewayDbContext _db;
    private readonly DbConnection _connection;
    private readonly ArrivalRows _rows;
    private readonly Dictionary<(Guid Association, string Study, string Series, PatientIdentity Patient), (Guid Study, Guid Series,
        Guid Patient)> _known = [];

    private KnownSeries(GatewayDbContext db) => (_db, _connection, _rows) = (db, db.Database.GetDbConnection(), new(db));

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

    /// <summary>Remembers that an image was committed with its series, its study and whom it names.</summary>
    public void Learn(ReceivedInstance instance, KeptInstance kept)
    {
        if (_known.Count >= MaxKnown)
            _known.Clear();
        _known[Key(instance)] = (kept.StudyId, kept.Series.Id, StudyPatient.IdOf(kept.StudyId, instance.Patient));
    }

    /// <returns>False when nothing was written, because a series or whom its images name is not known, or an image exists already.
    /// </returns>
    /// <exception cref="DbException">It may have been written, or not.</exception>
    public async Task<bool> TryWriteAsync(IReadOnlyList<ReceivedInstance> instances)
    {
        if (!instances.All(instance => _known.ContainsKey(Key(instance))))
            return false;
        var touches = new ArrivalTouches();
        await using var transaction = await _connection.BeginTransactionAsync();
        foreach (var instance in instances)
        {
            var (study, series, patient) = _known[Key(instance)];
            if (!await _rows.InsertFirstAsync(transaction, ArrivalRows.NewInstance(instance, series, patient)))
                return false;
            touches.Count(instance);
            touches.Open(instance, study, series);
        }

        if (!await _rows.TouchAsync(transaction, touches))
            return false;
        await transaction.CommitAsync();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _rows.DisposeAsync();
        await _db.DisposeAsync();
    }

    private static (Guid, string, string, PatientIdentity) Key(ReceivedInstance instance) =>
        (instance.AssociationId, instance.StudyUid, instance.SeriesUid, instance.Patient);
}
