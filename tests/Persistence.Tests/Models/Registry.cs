using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Persistence.Tests;

/// <summary>A registry with candidates of one direction.</summary>
internal sealed class Registry(TestDatabase database) : IAsyncDisposable
{
    public const string Direction = "t2-ct";

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Stands still: the order of acts is kept all the same.</summary>
    public FakeTimeProvider Time { get; } = new(Rows.Noon);

    public ModelActivation Activation => new(database.Contexts, Time);

    public static string Digest(char name) => new(name, 64);

    public static async Task<Registry> CreateAsync(DatabaseProvider provider, string candidates = "abc")
    {
        var registry = new Registry(await TestDatabase.CreateAsync(provider));
        await using var db = registry.Open();
        foreach (var name in candidates)
            db.AddModel(
                new() { Digest = Digest(name), Direction = Direction, Name = "cyclegan", Version = "1", CreatedAt = Rows.Noon },
                ModelActKind.Imported, "Anna", "It is new.", Rows.Noon);
        await db.SaveChangesAsync(Cancel);
        return registry;
    }

    public IDbContextFactory<GatewayDbContext> Contexts => database.Contexts;

    public GatewayDbContext Open() => database.Open();

    public Task<ModelActResult> ActivateAsync(char name, string? instead = null) =>
        Activation.ActivateAsync(Digest(name), "Anna", "Better.", instead, Cancel);

    public Task<ModelActResult> RollBackAsync() => Activation.RollBackAsync(Direction, "Ben", "Worse.", cancel: Cancel);

    /// <summary>Its name, <c>-</c> where there is none.</summary>
    public async Task<char> ChampionAsync()
    {
        await using var db = Open();
        return (await db.ChampionAsync(Direction, Cancel))?.Digest[0] ?? '-';
    }

    public async Task<ModelState> StateAsync(char name)
    {
        await using var db = Open();
        return (await db.Models.SingleAsync(m => m.Digest == Digest(name), Cancel)).State;
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
