using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>Lets the shadow wait while a champion has work.</summary>
public sealed class ShadowTurn(TimeProvider time)
{
    /// <summary>Then it goes on in any case: a broker takes a message back that is held for too long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>Returns when no study waits for a translation or is being translated.</summary>
    public async Task WaitAsync(GatewayDbContext db, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        while (await AnyAsync(db, cancel) && time.GetElapsedTime(start) < Longest)
            await Task.Delay(Every, time, cancel);
    }

    /// <summary>By the index of the worklist.</summary>
    private static Task<bool> AnyAsync(GatewayDbContext db, CancellationToken cancel) => db.Studies.AnyAsync(
        study => study.WorklistState == WorklistState.Received
            && study.Series.Any(s => s.State == SeriesState.Queued || s.State == SeriesState.Translating), cancel);
}
