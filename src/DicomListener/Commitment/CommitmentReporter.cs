using Gateway.DicomNetwork;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using CommitmentRow = Gateway.Persistence.Commitment;

namespace Gateway.DicomListener;

/// <summary>Reports storage commitments, on an association of our own, to callers that have a port for reports, and tries until the caller
/// has been told. It works from the database, so that it does not matter which replica was asked.</summary>
internal sealed partial class CommitmentReporter(
    IDbContextFactory<GatewayDbContext> databases,
    CommitmentLedger ledger,
    CommitmentLook look,
    IOptions<DicomListenerOptions> options,
    Outages outages,
    TimeProvider time,
    ILogger<CommitmentReporter> logger) : BackgroundService
{
    private const string Work = "the reports of storage commitment";
    private const int MostRefusals = 20;
    private const int MaxRows = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>Reports everything that is due, and parks requests of callers without an address for reports.</summary>
    public async Task ReportAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var titles = options.Value.Callers.Where(caller => caller.ReportTo is not null).Select(caller => caller.AeTitle.Trim()).ToList();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var due = await db.Commitments.AsNoTracking()
            .Where(row => row.State == CommitmentState.Due && row.DueAt <= now)
            .Select(row => new { Row = row, Association = db.Associations.FirstOrDefault(a => a.Id == row.AssociationId) })
            .Where(
                found => titles.Contains(found.Row.CallingAe) || found.Association == null
                    || found.Association.Outcome != AssociationOutcome.Open)
            .OrderBy(found => found.Row.DueAt).Take(MaxRows).ToListAsync(cancel);
        foreach (var found in due)
        {
            var caller = found.Association is null ? null : options.Value.Find(found.Association);
            if (caller?.ReportTo is null)
                await ParkAsync(db, found.Row, found.Association, cancel);
            else if (await ClaimAsync(db, found.Row, cancel))
                await ReportAsync(db, found.Row, caller, cancel);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Completion.Poll, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ReportAsync(stoppingToken);
                outages.Resumed(Work);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (!outages.Holds(error, Work))
                    LogFailed(error);    // what is due stays due
            }
        }
    }

    /// <summary>Parks a request whose association is over. While it is open, the association itself reports.</summary>
    private static async Task ParkAsync(GatewayDbContext db, CommitmentRow row, Association? association, CancellationToken cancel)
    {
        if (association?.Outcome == AssociationOutcome.Open)
            return;
        await Unchanged(db, row).ExecuteUpdateAsync(x => x
            .SetProperty(c => c.State, CommitmentState.Parked)
            .SetProperty(c => c.Error, "The association ended before the report was answered, and the caller has no ReportTo."), cancel);
    }

    /// <summary>Takes a lease, so that one replica reports. If it dies, another one reports when the lease has run out.</summary>
    private async Task<bool> ClaimAsync(GatewayDbContext db, CommitmentRow row, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + Lease;
        return await Unchanged(db, row).ExecuteUpdateAsync(x => x.SetProperty(c => c.DueAt, until), cancel) == 1;
    }

    /// <summary>The row, if it is as it was read: no other replica has taken it, and the caller has not asked again.</summary>
    private static IQueryable<CommitmentRow> Unchanged(GatewayDbContext db, CommitmentRow row) =>
        db.Commitments.Where(x => x.Id == row.Id && x.State == CommitmentState.Due && x.DueAt == row.DueAt);

    private async Task ReportAsync(GatewayDbContext db, CommitmentRow row, CallerOptions caller, CancellationToken cancel)
    {
        try
        {
            var (report, again) = await look.FindAsync(caller, RequestOf(row), row.RequestedAt, cancel);
            if (again is { } later)
                await db.Commitments.Where(x => x.Id == row.Id).ExecuteUpdateAsync(x => x.SetProperty(c => c.DueAt, later), cancel);
            else
                await AnsweredAsync(
                    db, row, await ClientFor(row, caller).ReportCommitmentAsync(report, cancel), report.Failed.Count, cancel);
        }
        catch (DicomNetworkException error)
        {
            await AwayAsync(db, row, error.Message, cancel);
        }
    }

    private async Task AnsweredAsync(GatewayDbContext db, CommitmentRow row, ushort status, int missing, CancellationToken cancel)
    {
        outages.Over(Name(row));
        if (status == DimseStatus.Success)
        {
            await ledger.ReportedAsync(row.Id, missing);
            return;
        }
        var attempts = row.Attempts + 1;
        var (due, state) = (time.GetUtcNow() + Pause(attempts), attempts < MostRefusals ? CommitmentState.Due : CommitmentState.Parked);
        await db.Commitments.Where(x => x.Id == row.Id).ExecuteUpdateAsync(x => x
            .SetProperty(c => c.Attempts, attempts)
            .SetProperty(c => c.DueAt, due)
            .SetProperty(c => c.State, state)
            .SetProperty(c => c.Error, $"The caller answered {status:X4}."), cancel);
    }

    /// <summary>A caller that cannot be told is tried for ever. All reports to it wait together, so that they do not hold up
    /// others.</summary>
    private async Task AwayAsync(GatewayDbContext db, CommitmentRow row, string error, CancellationToken cancel)
    {
        var waiting = db.Commitments.Where(x => x.CallingAe == row.CallingAe && x.State == CommitmentState.Due);
        var attempts = 1 + await waiting.MaxAsync(x => (int?)x.Attempts, cancel) ?? 1;
        var due = time.GetUtcNow() + Pause(attempts);
        await db.Commitments.Where(x => x.Id == row.Id).ExecuteUpdateAsync(x => x
            .SetProperty(c => c.Attempts, attempts)
            .SetProperty(c => c.DueAt, due)
            .SetProperty(c => c.Error, error), cancel);
        await waiting.Where(x => x.DueAt < due).ExecuteUpdateAsync(x => x.SetProperty(c => c.DueAt, due), cancel);
        outages.Away(Name(row), error, row.RequestedAt);
    }

    private static TimeSpan Pause(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, attempts - 1)));

    private static string Name(CommitmentRow row) => $"caller {row.CallingAe}, for reports of storage commitment,";

    private static CommitmentRequest RequestOf(CommitmentRow row) =>
        new(Uid.Parse(row.TransactionUid), [
            .. row.Instances.Select(i => new SopReference(Uid.Parse(i.SopClassUid), Uid.Parse(i.SopInstanceUid)))]);

    private DicomClient ClientFor(CommitmentRow row, CallerOptions caller)
    {
        var (host, port) = caller.ReportAddress();
        return new(
            new()
            {
                Host = host,
                Port = port,
                CalledAe = AeTitle.Parse(row.CallingAe),
                CallingAe = AeTitle.Parse(row.CalledAe),
                Tls = caller.ReportTls?.For(host),
            },
            time);
    }

    [LoggerMessage(EventId = 1131, Level = LogLevel.Error, Message = "Storage commitments could not be reported")]
    private partial void LogFailed(Exception error);
}
