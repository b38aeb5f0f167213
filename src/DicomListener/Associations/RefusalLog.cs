using System.Collections.Concurrent;
using Gateway.Contracts.Reasons;
using Gateway.DicomNetwork;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener;

/// <summary>Writes down whom and what we turned away, so that an operator sees a scanner that is not on the list.</summary>
/// <remarks>The same refusal of the same peer is written at most once a minute, so that a peer that tries all the time cannot fill the
/// database.</remarks>
internal sealed partial class RefusalLog(IDbContextFactory<GatewayDbContext> databases, TimeProvider time, ILogger<RefusalLog> logger)
    : IDisposable
{
    private const int MaxRemembered = 10_000;
    private const int MaxWriters = 4;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>The peer waits for its answer: a database that hangs does not keep it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _writers = new(MaxWriters, MaxWriters);

    private readonly ConcurrentDictionary<(string, string, string, string), DateTimeOffset> _last = [];

    public void Dispose() => _writers.Dispose();

    /// <summary>An association was refused, or an object of which nothing is kept.</summary>
    public async Task AddAsync(AssociationRequest peer, Reason reason)
    {
        var (now, key) = (time.GetUtcNow(), (peer.CallingAe.Value, peer.CalledAe.Value, $"{peer.Remote}", reason.Code));
        if (_last.TryGetValue(key, out var last) && now - last < Between)
            return;
        if (_last.Count >= MaxRemembered)
            _last.Clear();
        _last[key] = now;
        if (!await WriteAsync(peer, reason, null, now))
            _last.TryRemove(key, out _);
    }

    /// <summary>An object was refused; its bytes lie in the quarantine.</summary>
    public Task AddAsync(AssociationRequest peer, Reason reason, string quarantined) =>
        WriteAsync(peer, reason, quarantined, time.GetUtcNow());

    private async Task<bool> WriteAsync(AssociationRequest peer, Reason reason, string? quarantined, DateTimeOffset now)
    {
        LogRefused(peer.CallingAe, peer.Remote, reason.Code);
        try
        {
            await Task.Run(() => InsertAsync(peer, reason, quarantined, now)).WaitAsync(Patience, time);
            return true;
        }
        catch (Exception error)
        {
            LogNotWritten(error, reason.Code);    // the refusal itself stands
            return false;
        }
    }

    private async Task InsertAsync(AssociationRequest peer, Reason reason, string? quarantined, DateTimeOffset now)
    {
        if (!await _writers.WaitAsync(Patience))
            throw new DatabaseHangsException();
        try
        {
            await using var db = await databases.CreateDbContextAsync();
            db.Refusals.Add(new()
            {
                Id = Guid.CreateVersion7(now),
                At = now,
                CallingAe = peer.CallingAe.Value,
                CalledAe = peer.CalledAe.Value,
                RemoteAddress = $"{peer.Remote}",
                Code = reason.Code,
                Text = reason.Text,
                Quarantined = quarantined,
            });
            await db.SaveChangesAsync();
        }
        finally
        {
            _writers.Release();
        }
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "Refused {CallingAe} at {Remote}: {Code}")]
    private partial void LogRefused(AeTitle callingAe, System.Net.IPAddress remote, string code);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Error, Message = "A refusal ({Code}) could not be written down")]
    private partial void LogNotWritten(Exception error, string code);
}
