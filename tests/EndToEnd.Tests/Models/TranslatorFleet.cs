using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.EndToEnd.Tests.Models;

/// <summary>A listener and three translators on one PostgreSQL, one RabbitMQ and one folder of objects, with a registry of tiny
/// models.</summary>
internal sealed partial class TranslatorFleet : IAsyncDisposable
{
    private const int Translators = 3;

    private readonly TestDatabase _database;
    private readonly ModelActivation _registry;
    private readonly FolderObjectStore _objects;

    private TranslatorFleet(TestDatabase database, string data, GatewayProcess listener, GatewayProcess[] translators)
    {
        (_database, Listener, All) = (database, listener, translators);
        (_registry, _objects) = (new(database.Contexts, TimeProvider.System), new(new DataDirectory(data)));
    }

    public GatewayProcess Listener { get; }

    public IReadOnlyList<GatewayProcess> All { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TranslatorFleet> StartAsync(TestDatabase database, string data, Dictionary<string, string> more)
    {
        var settings = await Servers.SettingsAsync("RabbitMQ and PostgreSQL");
        settings["Database__ConnectionString"] = database.Options.ConnectionString!;
        foreach (var (name, value) in more)
            settings[name] = value;
        var listener = await GatewayProcess.StartAsync(data, settings, "listener");
        return new(
            database, data, listener, await Task.WhenAll(
                Enumerable.Range(0, Translators).Select(_ => GatewayProcess.StartAsync(data, settings, "translator"))));
    }

    /// <summary>Takes a file in.</summary>
    /// <returns>Its digest.</returns>
    public async Task<string> AddAsync(byte[] file, string direction)
    {
        await ((IObjectStore)_objects).PutAsync(file, Cancel);
        var digest = Convert.ToHexStringLower(SHA256.HashData(file));
        await _registry.ImportAsync(
            new() { Digest = digest, Direction = direction, Name = "tiny", Version = "1", CreatedAt = TimeProvider.System.GetUtcNow() },
            "Anna", "A test.", cancel: Cancel);
        return digest;
    }

    /// <summary>This process has no dispatcher: as one that is killed right after the commit.</summary>
    public async Task ActivateAsync(string digest) =>
        Assert.Equal(ModelActResult.Done, await _registry.ActivateAsync(digest, "Anna", "A test.", cancel: Cancel));

    public async Task RollBackAsync() =>
        Assert.Equal(ModelActResult.Done, await _registry.RollBackAsync("t2-ct", "Anna", "A test.", cancel: Cancel));

    /// <summary>Waits until each translator has a model in memory, the old ones too where a translation still runs with one.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> FollowedAsync(string digest, params GatewayProcess[] but)
    {
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(All.Except(but).Select(translator => Eventually.TrueAsync(
            async () =>
            {
                using var answer = await translator.Http.GetAsync("/health/ready");
                return (await answer.Content.ReadAsStringAsync()).Contains(digest[..12], StringComparison.Ordinal);
            },
            $"a translator has {digest[..12]}")));
        return TimeProvider.System.GetElapsedTime(start);
    }

    /// <summary>Waits until each translator holds one model a direction.</summary>
    public Task OneEachAsync() => Task.WhenAll(All.Select(translator => Eventually.TrueAsync(
        async () => Sessions().Matches(await translator.Http.GetStringAsync("/metrics"))
            .Select(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).ToList() is [1, 1],
        "one model a direction is in memory")));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in All.Append(Listener))
            await process.DisposeAsync();
    }

    [GeneratedRegex(@"^gateway_model_sessions\{.*\} (\S+)", RegexOptions.Multiline)]
    private static partial Regex Sessions();
}
