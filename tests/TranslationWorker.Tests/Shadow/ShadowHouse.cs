using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Gateway.TranslationWorker.Tests.Archive;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MsOptions = Microsoft.Extensions.Options.Options;

namespace Gateway.TranslationWorker.Tests.Shadow;

/// <summary>A house with a registry: the shipped CT to T2 model as champion, and another as shadow.</summary>
internal sealed class ShadowHouse : IAsyncDisposable
{
    private const string Direction = "ct-t2";

    private static readonly IMeterFactory Meters = new ServiceCollection().AddMetrics().BuildServiceProvider()
        .GetRequiredService<IMeterFactory>();

    private readonly ModelCatalog _models = new(MsOptions.Create(new ModelOptions()), NullLogger<ModelCatalog>.Instance);

    private ShadowHouse(ArchiveHouse house) => House = house;

    public ArchiveHouse House { get; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Digest of the shadow.</summary>
    public string Shadow { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="provider">The database.</param>
    /// <param name="time">The clock of the shadow.</param>
    /// <param name="change">Makes the shadow's file out of the champion's; null: there is no shadow.</param>
    public static async Task<ShadowHouse> CreateAsync(DatabaseProvider provider, Func<byte[], byte[]>? change, TimeProvider? time = null)
    {
        var made = new ShadowHouse(await ArchiveHouse.CreateAsync(provider)) { Time = time ?? TimeProvider.System };
        var bytes = await File.ReadAllBytesAsync(Path.Combine(new ModelOptions().Folder, Direction + ".onnx"), Cancel);
        await made.AddAsync(bytes, ModelState.Champion);
        if (change is not null)
            made.Shadow = await made.AddAsync(change(bytes), ModelState.Shadow);
        return made;
    }

    /// <summary>Other weights in the middle of the file, and no answer of its maker's for the probe, which they would not give.</summary>
    public static byte[] Other(byte[] model)
    {
        var other = Fill(model, 0x3F);
        var key = other.AsSpan().LastIndexOf("\n\u0005probe"u8);
        if (key >= 0)
            "other"u8.CopyTo(other.AsSpan(key + 2));
        return other;
    }

    /// <summary>Weights that are no numbers.</summary>
    public static byte[] NotFinite(byte[] model) => Fill(model, 0xFF);

    /// <summary>The champion's work.</summary>
    public async Task<Series> TranslateAsync(List<DicomDataset> images)
    {
        var series = await House.ReceiveAsync(images);
        await House.DecideAsync(series);
        await House.TranslateAsync(series);
        return series;
    }

    /// <summary>The messages for the shadow that were committed.</summary>
    public async Task<List<OutboxMessage>> AskedAsync()
    {
        await using var db = House.Database.Open();
        return await db.Outbox.AsNoTracking().Where(message => message.Type.Contains(nameof(ShadowSeries))).ToListAsync(Cancel);
    }

    public ShadowSeriesHandler Handler() => new(
        new(ShippedModalities.Table, _models, new(House.Objects, MsOptions.Create(new ModelOptions())),
            new(MsOptions.Create(new ModelOptions())), MsOptions.Create(new TranslationOptions()), Time),
        new(Time), new(Meters, NullLogger<ShadowMetrics>.Instance), House.Objects, Time);

    /// <summary>As the bus delivers it.</summary>
    public Task DeliverAsync(Series series, Guid message, CancellationToken cancel) =>
        Consumer().HandleAsync(new() { SeriesId = series.Id, Revision = series.Revision }, new(message), cancel);

    public async Task<List<ShadowResult>> ResultsAsync()
    {
        await using var db = House.Database.Open();
        return await db.ShadowResults.AsNoTracking().ToListAsync(Cancel);
    }

    /// <summary>Every table but those of the bus, and every file but the database's: what the house knows and what left it.</summary>
    public async Task<Dictionary<string, string>> EverythingAsync()
    {
        var found = new Dictionary<string, string>();
        await using var db = House.Database.Open();
        await db.Database.OpenConnectionAsync(Cancel);
        foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct()
            .Except(["inbox", "outbox", "inbox_message", "outbox_message"]))
            found[table] = await RowsAsync(db, table);
        foreach (var file in Directory.EnumerateFiles(House.Database.Data.Root, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetFileName(file).StartsWith("gateway.db", StringComparison.Ordinal)))
            found[Path.GetRelativePath(House.Database.Data.Root, file)] = Convert.ToHexStringLower(
                SHA256.HashData(await File.ReadAllBytesAsync(file, Cancel)));
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        _models.Dispose();
        await House.DisposeAsync();
    }

    private static async Task<string> RowsAsync(GatewayDbContext db, string table)
    {
        var connection = db.Database.GetDbConnection();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} ORDER BY 1";
        var text = new StringBuilder();
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        while (await reader.ReadAsync(Cancel))
            text.AppendJoin('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetValue(i)))
                .AppendLine();
        return text.ToString();
    }

    private static byte[] Fill(byte[] model, byte value)
    {
        var other = (byte[])model.Clone();
        Array.Fill(other, value, other.Length / 2, 1 << 16);
        return other;
    }

    // of the bus alone
    private InboxConsumer<ShadowSeries, ShadowSeriesHandler> Consumer() =>
        new(House.Database.Contexts, Handler(), new(Time, NullLogger<Outages>.Instance), Time, deadline: null!, slots: new(1),
            new(
                new(House.Database.Contexts, Time), House.Database.Contexts, MsOptions.Create(new WorkOptions()),
                MsOptions.Create(new BusOptions()), Time, NullLogger<WorkTurns>.Instance));

    private async Task<string> AddAsync(byte[] bytes, ModelState state)
    {
        var digest = await ((IObjectStore)House.Objects).PutAsync(bytes, Cancel);
        await using var db = House.Database.Open();
        db.Models.Add(
            new()
            {
                Digest = digest,
                Direction = Direction,
                Name = "n",
                Version = "1",
                State = state,
                CreatedAt = DateTimeOffset.UnixEpoch,
            });
        await db.SaveChangesAsync(Cancel);
        return digest;
    }
}
