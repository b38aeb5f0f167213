using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.WholePath;

/// <summary>Follows a study by the API as a client would, then reads its times from the database, which it cannot change.</summary>
internal sealed class StudyWatch(GatewayProcess gateway) : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new() { BaseAddress = gateway.Url };
    private readonly DbContextOptions<SqliteGatewayDbContext> _database =
        new DbContextOptionsBuilder<SqliteGatewayDbContext>()
            .UseSqlite($"Data Source={gateway.Data.Database};Mode=ReadOnly;Default Timeout=30").Options;

    /// <summary>Returns once the derived series is delivered and no message is left to handle.</summary>
    /// <exception cref="InvalidOperationException">The study will never be delivered.</exception>
    /// <exception cref="TimeoutException">It was not delivered in time.</exception>
    public async Task DeliveredAsync(PhantomStudy study, CancellationToken cancel)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(Limit);
        using var timer = new PeriodicTimer(Poll);
        try
        {
            while (!await IsDeliveredAsync(study.StudyInstanceUid, timeout.Token) || !await IsQuietAsync(timeout.Token))
                await timer.WaitForNextTickAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"A study was not delivered within {Limit.TotalMinutes:0} minutes.");
        }
    }

    /// <param name="sentAt">When the sender was called.</param>
    /// <param name="receive">Seconds until it returned.</param>
    public async Task<StudyTimes> TimesAsync(
        PhantomStudy sent, string sender, DateTimeOffset sentAt, double receive, CancellationToken cancel)
    {
        await using var db = new SqliteGatewayDbContext(_database);
        var study = await db.Studies.AsNoTracking().Include(s => s.Series)
            .SingleAsync(s => s.StudyInstanceUid == sent.StudyInstanceUid, cancel);
        var association = await db.AssociationStudies.Where(a => a.StudyId == study.Id).Select(a => a.Association).SingleAsync(cancel);
        var derived = study.Series.Single(s => s.Origin == SeriesOrigin.Derived);
        var delivered = await db.Deliveries.Where(d => d.Instance.SeriesId == derived.Id).Select(d => d.SentAt!.Value).SingleAsync(cancel);
        return new StudyTimes
        {
            Kind = sent.Kind,
            Sender = sender,
            Receive = receive,
            Association = (association.ClosedAt!.Value - association.OpenedAt).TotalSeconds,
            Complete = (study.CompletedAt!.Value - study.LastReceivedAt).TotalSeconds,
            Stages = derived.Measures.Where(m => MeasureName.StageOf(m.Key) is not null)
                .ToDictionary(m => MeasureName.StageOf(m.Key)!, m => m.Value),
            Deliver = (delivered - derived.CreatedAt).TotalSeconds,
            Whole = (delivered - sentAt).TotalSeconds,
            Model = derived.ModelName!,
        };
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> IsDeliveredAsync(string uid, CancellationToken cancel)
    {
        using var response = await _http.GetAsync(new Uri($"/api/studies/{uid}", UriKind.Relative), cancel);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return false;
        var study = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancel);
        return study.GetProperty("state").GetString() switch
        {
            "delivered" => true,
            "held" or "failed" or "ineligible" => throw new InvalidOperationException($"A study came to another end: {study}"),
            _ => false,
        };
    }

    private async Task<bool> IsQuietAsync(CancellationToken cancel)
    {
        await using var db = new SqliteGatewayDbContext(_database);
        return !await db.Outbox.AnyAsync(o => !db.Inbox.Any(i => i.MessageId == o.Id), cancel);
    }
}
