using Gateway.DicomNetwork;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.DicomListener.Tests;

/// <summary>Storage commitment asked for while images are still on their way (PS3.4 §J.3).</summary>
public sealed class CommitmentWaitTests
{
    private static readonly Uid Transaction = Uid.Parse("2.25.77");
    private static readonly SopReference First = new(Uid.Parse(GeneratedObject.MrImageStorage), Uid.Parse(GeneratedObject.Uid(1, 1)));
    private readonly FakeTimeProvider _time = new(new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));

    private readonly Outages _outages;

    public CommitmentWaitTests() => _outages = TestOutages.Of(_time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_that_comes_on_another_association_is_waited_for()
    {
        await using var host = await ListenerHost.StartAsync(Waiting("01:00:00"));

        var asking = host.Client().RequestCommitmentAsync(new(Transaction, [First]), TimeSpan.FromMinutes(2), Cancel);
        await AskedAsync(host);
        Assert.True((await host.SendAsync(GeneratedObject.File(TransferSyntaxes.ExplicitLittleEndian))).IsStored);

        var outcome = await asking;
        Assert.Equal([First], outcome.Result!.Kept);
        Assert.Empty(outcome.Result.Failed);
    }

    [Fact]
    public async Task An_image_that_does_not_come_is_reported_as_missing_when_the_wait_is_over()
    {
        await using var host = await ListenerHost.StartAsync(Waiting("00:00:00.2"));

        var outcome = await host.Client().RequestCommitmentAsync(new(Transaction, [First]), TimeSpan.FromMinutes(2), Cancel);

        Assert.Equal([new(First, CommitmentFailure.NoSuchObjectInstance)], outcome.Result!.Failed);
    }

    [Fact]
    public async Task A_caller_that_leaves_while_we_wait_is_parked()
    {
        await using var host = await ListenerHost.StartAsync(Waiting("01:00:00"));

        await host.Client().RequestCommitmentAsync(new(Transaction, [First]), TimeSpan.Zero, Cancel);

        await Eventually.TrueAsync(
            async () =>
            {
                await using var db = host.Open();
                return await db.Commitments.AnyAsync(c => c.State == CommitmentState.Parked, Cancel);
            },
            "the commitment is parked");
    }

    [Theory, EachDatabase]
    public async Task A_restart_in_between_loses_neither_the_request_nor_the_wait(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var scanner = await CommitmentProvider.StartAsync();
        await RowAsync(database, await new Arrivals(database, _time).OpenAsync());

        await Reporter(database, scanner.Port).ReportAsync(Cancel);
        Assert.Empty(scanner.Reports);
        await StoreAsync(database);
        await Reporter(database, scanner.Port).ReportAsync(Cancel);    // another process; not due yet
        Assert.Empty(scanner.Reports);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Reporter(database, scanner.Port).ReportAsync(Cancel);

        Assert.Equal([First], Assert.Single(scanner.Reports).Kept);
        Assert.Equal((CommitmentState.Reported, 0, 0), await StateAsync(database));
    }

    [Theory, EachDatabase]
    public async Task The_wait_of_a_caller_with_a_port_of_its_own_has_an_end(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var scanner = await CommitmentProvider.StartAsync();
        await RowAsync(database, await new Arrivals(database, _time).OpenAsync());

        for (var second = 0; second < 30; second++)
        {
            await Reporter(database, scanner.Port).ReportAsync(Cancel);
            Assert.Empty(scanner.Reports);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await Reporter(database, scanner.Port).ReportAsync(Cancel);
        Assert.Equal(CommitmentFailure.NoSuchObjectInstance, Assert.Single(Assert.Single(scanner.Reports).Failed).Reason);
        Assert.Equal((CommitmentState.Reported, 0, 1), await StateAsync(database));
    }

    [Theory, EachDatabase]
    public async Task What_an_association_was_to_hear_is_parked_once_that_is_over_and_not_before(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var association = await arrivals.OpenAsync();
        await RowAsync(database, association);

        await Reporter(database, reportPort: null).ReportAsync(Cancel);
        Assert.Equal(CommitmentState.Due, (await StateAsync(database)).State);
        await arrivals.CloseAsync(association, AssociationOutcome.Aborted);    // as the next listener does for one that died
        await Reporter(database, reportPort: null).ReportAsync(Cancel);

        Assert.Equal(CommitmentState.Parked, (await StateAsync(database)).State);
    }

    [Theory, EachDatabase]
    public async Task A_caller_that_is_away_for_two_days_hears_of_all_it_asked_when_it_is_back(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var association = await new Arrivals(database, _time).OpenAsync();
        await StoreAsync(database);
        foreach (var number in Enumerable.Range(0, 30))
            await RowAsync(database, association, $"2.25.{number + 1}");
        var nobody = FreePort.Next();

        var until = _time.GetUtcNow().AddDays(2);
        for (; _time.GetUtcNow() < until; _time.Advance(TimeSpan.FromMinutes(10)))
            await Reporter(database, nobody).ReportAsync(Cancel);

        await using (var db = database.Open())
        {
            Assert.All(await db.Commitments.ToListAsync(Cancel), c => Assert.Equal(CommitmentState.Due, c.State));
            // One of them is tried for all.
            Assert.Equal(2 * 24 * 6, await db.Commitments.MaxAsync(c => c.Attempts, Cancel));
        }
        await using var scanner = await CommitmentProvider.StartAsync();
        foreach (var _ in Enumerable.Range(0, 2))
            await Reporter(database, scanner.Port).ReportAsync(Cancel);
        Assert.Equal(30, scanner.Reports.Count);
    }

    private static Dictionary<string, string?> Waiting(string wait) => new()
    {
        ["Dicom:CommitmentWait"] = wait,
        ["Dicom:Completion:Poll"] = "00:00:00.05",
    };

    private static Task AskedAsync(ListenerHost host) => Eventually.TrueAsync(
        async () =>
        {
            await using var db = host.Open();
            return await db.Commitments.AnyAsync(Cancel);
        },
        "the request is written down");

    private CommitmentReporter Reporter(TestDatabase database, int? reportPort)
    {
        var listener = new DicomListenerOptions();
        listener.Callers.Add(
            new() { AeTitle = "SCANNER", Cidr = "127.0.0.0/8", ReportTo = reportPort is { } port ? $"127.0.0.1:{port}" : null });
        var options = Options.Create(listener);
        var look = new CommitmentLook(database.Contexts, new(database.Contexts, new FolderObjectStore(database.Data)), options, _time);
        return new(
            database.Contexts, new(database.Contexts, _time), look, options, _outages, _time, NullLogger<CommitmentReporter>.Instance);
    }

    private Task RowAsync(TestDatabase database, Guid association) => RowAsync(database, association, Transaction.Value);

    private async Task RowAsync(TestDatabase database, Guid association, string transaction)
    {
        var now = _time.GetUtcNow();
        await using var db = database.Open();
        db.Commitments.Add(new()
        {
            Id = Guid.CreateVersion7(now),
            TransactionUid = transaction,
            CallingAe = "SCANNER",
            CalledAe = "GATEWAY",
            AssociationId = association,
            RequestedAt = now,
            DueAt = now,
            Instances = [new(First.SopClassUid.Value, First.SopInstanceUid.Value)],
        });
        await db.SaveChangesAsync(Cancel);
    }

    private async Task StoreAsync(TestDatabase database)
    {
        await new Arrivals(database, _time).SendAsync(1);
        await using var db = database.Open();
        var sha256 = await db.Instances.Select(instance => instance.Sha256).SingleAsync(Cancel);
        await ObjectFile.WriteAsync(database.Data, sha256, [], Cancel);
    }

    private static async Task<(CommitmentState State, int Attempts, int? Missing)> StateAsync(TestDatabase database)
    {
        await using var db = database.Open();
        var row = await db.Commitments.AsNoTracking().SingleAsync(Cancel);
        return (row.State, row.Attempts, row.Missing);
    }
}
