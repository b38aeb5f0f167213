using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence;

/// <summary>Leases of long work: claim, renew, give back. A lease alone trusts clocks: a process that was frozen believes that it still
/// holds it. So the save names the claim's token, in its transaction (<see cref="EndAsync"/>).</summary>
public sealed class WorkLeases(IDbContextFactory<GatewayDbContext> databases, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, byte> _mine = [];

    /// <summary>This process.</summary>
    public Guid Holder { get; } = Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>The same for every message that asks a consumer for the same.</summary>
    public static Guid IdOf<T>(string consumer, T message) => new(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{consumer} {JsonSerializer.Serialize(message, ContractTypes.Json)}")).AsSpan(0, 16));

    /// <summary>Takes the work up: the count of its starts is committed before it begins.</summary>
    /// <param name="demand">Which work, for which message.</param>
    /// <param name="length">How long the lease holds unless it is renewed.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    /// <returns>The claim; or null, and until when somebody else holds it.</returns>
    public async Task<(WorkClaim? Claim, DateTimeOffset Until)> ClaimAsync(WorkDemand demand, TimeSpan length, CancellationToken cancel)
    {
        while (true)
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            var now = await db.NowAsync(time, cancel);
            var before = await db.WorkLeases.AsNoTracking().SingleOrDefaultAsync(row => row.Id == demand.Work, cancel);
            if (before is not null && before.LeasedUntil >= now && !IsAbandoned(before) && !demand.IsOver(before))
                return (null, before.LeasedUntil);
            // What this process itself left behind, because the database was away, has killed nobody.
            var starts = before is null || before.Holder == Holder ? 1 : before.Starts + 1;
            var claim = new WorkClaim(demand.Work, Guid.CreateVersion7(now), starts);
            _mine[claim.Token] = 0;
            if (await WriteAsync(db, Row(demand, claim, now, length), before, cancel))
                return (claim, now + length);
            _mine.TryRemove(claim.Token, out _);
        }
    }

    /// <summary>Holds the work longer.</summary>
    /// <returns>False: another has it.</returns>
    public async Task<bool> RenewAsync(WorkClaim claim, TimeSpan length, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var until = await db.NowAsync(time, cancel) + length;
        return await Held(db, claim).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeasedUntil, until), cancel) == 1;
    }

    /// <summary>Ends the lease, in the transaction of the result. Whoever claims the work meanwhile waits for the commit.</summary>
    /// <returns>False: another has it, and the result must not be saved.</returns>
    public static async Task<bool> EndAsync(GatewayDbContext db, WorkClaim claim, CancellationToken cancel) =>
        await Held(db, claim).ExecuteDeleteAsync(cancel) == 1;

    /// <summary>Gives the work back without a result: it has killed nobody, and counts from the beginning.</summary>
    public async Task GiveBackAsync(WorkClaim claim, CancellationToken cancel)
    {
        Forget(claim);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await EndAsync(db, claim, cancel);
    }

    /// <summary>This process does nothing for the claim any more.</summary>
    public void Forget(WorkClaim claim) => _mine.TryRemove(claim.Token, out _);

    private bool IsAbandoned(WorkLease lease) => lease.Holder == Holder && !_mine.ContainsKey(lease.Token);

    private WorkLease Row(WorkDemand demand, WorkClaim claim, DateTimeOffset now, TimeSpan length) => new()
    {
        Id = demand.Work,
        Consumer = demand.Consumer,
        MessageId = demand.MessageId,
        Token = claim.Token,
        Holder = Holder,
        Starts = claim.Starts,
        Since = now,
        LeasedUntil = now + length,
    };

    /// <returns>False: another one was faster.</returns>
    private static async Task<bool> WriteAsync(GatewayDbContext db, WorkLease row, WorkLease? before, CancellationToken cancel)
    {
        if (before is not null)
            return await db.WorkLeases.Where(lease => lease.Id == row.Id && lease.Token == before.Token).ExecuteUpdateAsync(
                set => set.SetProperty(lease => lease.MessageId, row.MessageId).SetProperty(lease => lease.Token, row.Token)
                    .SetProperty(lease => lease.Holder, row.Holder).SetProperty(lease => lease.Starts, row.Starts)
                    .SetProperty(lease => lease.Since, row.Since).SetProperty(lease => lease.LeasedUntil, row.LeasedUntil),
                cancel) == 1;
        db.WorkLeases.Add(row);
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation())
        {
            return false;
        }
    }

    private static IQueryable<WorkLease> Held(GatewayDbContext db, WorkClaim claim) =>
        db.WorkLeases.Where(lease => lease.Id == claim.Work && lease.Token == claim.Token);
}
