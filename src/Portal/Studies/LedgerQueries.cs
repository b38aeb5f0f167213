using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>The ledgers an operator looks through when something is missing, newest first.</summary>
internal sealed class LedgerQueries(IDbContextFactory<GatewayDbContext> databases)
{
    /// <summary>Who and what was turned away, and why.</summary>
    public async Task<Page<Refusal>> RefusalsAsync(PageRequest page, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = db.Refusals.AsNoTracking();
        if (page.After is { At: var at, Id: var id })
            rows = rows.Where(r => r.At < at || (r.At == at && r.Id < id));
        var found = await rows.OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(page.Limit + 1).ToListAsync(cancel);
        return Page<Refusal>.Of(found, page.Limit, r => new(r.At, r.Id));
    }

    /// <summary>Work that was given up on.</summary>
    public async Task<Page<Failure>> FailuresAsync(PageRequest page, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = db.Failures.AsNoTracking();
        if (page.After is { At: var at, Id: var id })
            rows = rows.Where(f => f.At < at || (f.At == at && f.Id < id));
        var found = await rows.OrderByDescending(f => f.At).ThenByDescending(f => f.Id).Take(page.Limit + 1).ToListAsync(cancel);
        return Page<Failure>.Of(found, page.Limit, f => new(f.At, f.Id));
    }

    /// <summary>What destinations have not taken yet, the longest waiting first.</summary>
    public async Task<IReadOnlyList<WaitingDeliveries>> WaitingAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return [.. (await WaitingDeliveries.ReadAsync(db, cancel)).Where(one => one.Waiting > 0).OrderBy(one => one.Since)];
    }

    /// <summary>What the external FHIR server has not taken yet.</summary>
    public async Task<WaitingPublications> WaitingStudiesAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await WaitingPublications.ReadAsync(db, cancel);
    }

    /// <summary>What peers asked us to keep safe, and whether they have heard.</summary>
    public async Task<Page<Commitment>> CommitmentsAsync(PageRequest page, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = db.Commitments.AsNoTracking();
        if (page.After is { At: var at, Id: var id })
            rows = rows.Where(c => c.RequestedAt < at || (c.RequestedAt == at && c.Id < id));
        var found = await rows.OrderByDescending(c => c.RequestedAt).ThenByDescending(c => c.Id).Take(page.Limit + 1).ToListAsync(cancel);
        return Page<Commitment>.Of(found, page.Limit, c => new(c.RequestedAt, c.Id));
    }

    /// <summary>Who called, what came, how it ended.</summary>
    public async Task<Page<Association>> AssociationsAsync(PageRequest page, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = db.Associations.AsNoTracking();
        if (page.After is { At: var at, Id: var id })
            rows = rows.Where(a => a.OpenedAt < at || (a.OpenedAt == at && a.Id < id));
        var found = await rows.OrderByDescending(a => a.OpenedAt).ThenByDescending(a => a.Id).Take(page.Limit + 1).ToListAsync(cancel);
        return Page<Association>.Of(found, page.Limit, a => new(a.OpenedAt, a.Id));
    }
}
