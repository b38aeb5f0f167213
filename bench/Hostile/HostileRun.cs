using System.Diagnostics;

namespace Gateway.Hostile;

/// <summary>Windows of sending, in pairs: one in peace, one under attack, in turns, so that what else the machine does falls on
/// both.</summary>
internal sealed class HostileRun(ListenerProcess listener, int senders, int objectBytes, TimeSpan window)
{
    private int _next;

    /// <returns>A row of the report.</returns>
    public async Task<string> CompareAsync(Attack attack, int rounds, CancellationToken cancel)
    {
        var (without, with) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var attacked in (bool[])(round % 2 == 0 ? [false, true] : [true, false]))
                (attacked ? with : without).Add(await WindowAsync(attacked ? attack : null, cancel));
        }

        var ratio = Spread.Of(with.Zip(without, (w, wo) => w / wo));
        return $"| {attack.Name}: {attack.What} | {Spread.Of(without).Median:0} | {Spread.Of(with).Median:0} | {ratio.Min:0.00} | {ratio.Median:0.00} | {listener.Mebibytes()} |";
    }

    /// <returns>Objects stored per second.</returns>
    public async Task<double> WindowAsync(Attack? attack, CancellationToken cancel)
    {
        using var siege = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var attackers = attack?.Start(listener, siege.Token) ?? [];
        if (attack is not null)
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);    // the attack is on before anything is measured

        var clock = Stopwatch.StartNew();
        var sending = Enumerable.Range(0, senders).Select(_ => SendAsync(clock, cancel)).ToList();
        var stored = (await Task.WhenAll(sending)).Sum();
        var perSecond = stored / clock.Elapsed.TotalSeconds;

        await siege.CancelAsync();
        await Task.WhenAll(attackers);
        return perSecond;
    }

    private async Task<int> SendAsync(Stopwatch clock, CancellationToken cancel)
    {
        await using var sender = await Sender.OpenAsync(listener.DicomPort, objectBytes, cancel);
        var stored = 0;
        for (; clock.Elapsed < window; stored++)
            await sender.StoreAsync(Interlocked.Increment(ref _next), cancel);
        return stored;
    }
}
