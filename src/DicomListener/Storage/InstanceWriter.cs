using System.Data.Common;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>Writes the rows of images that arrived together in one transaction: by prepared statements if all their series are known,
/// otherwise after reading which rows exist. Not for use by two callers at once.</summary>
internal sealed class InstanceWriter(IDbContextFactory<GatewayDbContext> databases, IObjectStore objects) : IAsyncDisposable
{
    private const int Attempts = 8;

    private KnownSeries? _known;

    /// <summary>Starts again if another replica inserts the same study, series or instance first, or locks them in another
    /// order.</summary>
    /// <returns>True when all series were known.</returns>
    public async Task<bool> WriteAsync(IReadOnlyList<ReceivedInstance> instances)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await TryWriteKnownAsync(instances))
                    return true;
                await WriteNewAsync(instances);
                return false;
            }
            catch (DbUpdateException error) when (error.IsUniqueViolation() && attempt < Attempts)
            {
            }
            catch (Exception error) when (error.GetBaseException() is DbException { IsTransient: true } && attempt < Attempts)
            {
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_known is not null)
            await _known.DisposeAsync();
        _known = null;
    }

    private async Task<bool> TryWriteKnownAsync(IReadOnlyList<ReceivedInstance> instances)
    {
        try
        {
            _known ??= await KnownSeries.OpenAsync(databases);
            return await _known.TryWriteAsync(instances);
        }
        catch (DbException)
        {
            await DisposeAsync();    // whatever failed here, the general way repeats and reports it
            return false;
        }
    }

    private async Task WriteNewAsync(IReadOnlyList<ReceivedInstance> instances)
    {
        await using var db = await databases.CreateDbContextAsync();
        var kept = await InstanceBatch.WriteAsync(db, objects, instances);
        foreach (var (instance, stored) in instances.Zip(kept).Where(pair => pair.Second.Series.Origin == SeriesOrigin.Received))
            _known?.Learn(instance, stored);
    }
}
