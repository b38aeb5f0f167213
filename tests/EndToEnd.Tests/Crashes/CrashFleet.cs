using System.Collections.Concurrent;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests.Crashes;

/// <summary>Gateway processes that die where they are told to, or at random, and are started again each time, as a service manager
/// does.</summary>
internal sealed class CrashFleet : IAsyncDisposable
{
    private const int Killed = 137;

    private readonly GatewayProcess[] _all;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<int, byte> _up = new();
    private readonly CrashOrder _order;
    private Task[] _keepers = [];
    private readonly int[] _deaths;

    private CrashFleet(GatewayProcess[] all, int listeners, CrashOrder order) =>
        (_all, Listeners, _order, _deaths) = (all, all[..listeners], order, new int[all.Length]);

    /// <summary>Those that receive.</summary>
    public IReadOnlyList<GatewayProcess> Listeners { get; }

    public int Deaths => _deaths.Sum();

    /// <param name="roles">One process an entry, those that listen first; an empty entry is a process with every role.</param>
    public static async Task<CrashFleet> StartAsync(string data, string order, Dictionary<string, string> settings, string[] roles)
    {
        var crash = new CrashOrder(order);
        foreach (var (name, value) in crash.Environment)
            settings[name] = value;
        var processes = new List<GatewayProcess>();
        foreach (var role in roles)    // one by one: the first makes the tables
            processes.Add(await GatewayProcess.StartAsync(data, settings, role.Length == 0 ? [] : [role]));
        var fleet = new CrashFleet([.. processes], roles.Count(role => role is "" or "listener"), crash);
        fleet._keepers = [.. fleet._all.Select((process, i) => Task.Run(() => fleet.KeepAsync(process, i)))];
        return fleet;
    }

    /// <summary>One process dies at the point, and is up again.</summary>
    public async Task DieAtAsync(CrashPoint point, int times)
    {
        var before = Deaths;
        _order.Give(point, times);
        await Eventually.TrueAsync(
            () => (_order.IsObeyed && Deaths > before && _up.Count == _all.Length) || Array.Exists(_keepers, keeper => keeper.IsFaulted),
            $"a process died at {point}", TimeSpan.FromMinutes(3));
        await Task.WhenAll(_keepers.Where(keeper => keeper.IsFaulted));
    }

    /// <summary>Ends one process that is up: by SIGKILL, or by SIGTERM, after which it has to end by itself.</summary>
    public async Task EndAsync(int number, bool kill)
    {
        var (one, within) = (number % _all.Length, TimeSpan.FromMinutes(3));
        await Eventually.TrueAsync(() => _up.ContainsKey(one), "it is up", within);
        var before = _deaths[one];
        await _all[one].SignalAsync(kill ? "KILL" : "TERM");
        await Eventually.TrueAsync(() => _deaths[one] > before, "it ended", within);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        foreach (var process in _all)
            await process.DisposeAsync();
        await Task.WhenAll(_keepers).ContinueWith(_ => { }, TaskScheduler.Default);
        _closing.Dispose();
    }

    private async Task KeepAsync(GatewayProcess process, int number)
    {
        while (true)
        {
            _up[number] = 0;
            var code = await process.EndedAsync();
            _up.TryRemove(number, out _);
            _deaths[number]++;
            do
            {
                if (_closing.IsCancellationRequested)
                    return;
                Assert.True(code is 0 or Killed, $"A process ended with {code}: {process.Said}");
            }
            while (!await process.TryStartAsync() && (code = await process.EndedAsync()) is 0 or Killed);
        }
    }
}
