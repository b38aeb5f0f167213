using System.Data.Common;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>Writes the rows of what arrived together in one transaction: the fast way where all of it is known, reading everything where
/// not. Not for use by two callers at once.</summary>
internal sealed class InstanceWriter(IDbContextFactory<GatewayDbContext> databases) : IAsyncDisposable
{
    private const int Attempts = 8;

    private KnownSeries? _known;

    /// <summary>Another replica may insert the same study, series or instance first, or lock them the other way round: then all is read
    /// again.</summary>
    /// <returns>True: all of it was known.</returns>
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
            await DisposeAsync();    // whatever it was, reading everything finds out
            return false;
        }
    }

    private async Task WriteNewAsync(IReadOnlyList<ReceivedInstance> instances)
    {
        await using var db = await databases.CreateDbContextAsync();
        var kept = await InstanceBatch.WriteAsync(db, instances);
        foreach (var (instance, stored) in instances.Zip(kept).Where(pair => pair.Second.Series.Origin == SeriesOrigin.Received))
            _known?.Learn(instance, stored.StudyId, stored.Series.Id);
    }
}
