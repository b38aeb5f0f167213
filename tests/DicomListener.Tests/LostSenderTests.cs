using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.DicomListener.Tests;

/// <summary>How long a study waits for a sender whose association was aborted or lost, on both databases.</summary>
public sealed class LostSenderTests
{
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new(new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_sender_that_comes_back_and_releases_takes_back_its_abort(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        await AbortAsync(arrivals, "SCANNER", 1);
        _time.Advance(TimeSpan.FromSeconds(20));
        await arrivals.SendAsync(2);

        await CompletesAfterAsync(database, 5, CompletionRule.ReleasedQuiet);
    }

    [Theory, EachDatabase]
    public async Task Somebody_elses_release_does_not_take_it_back(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        await AbortAsync(arrivals, "SCANNER", 1);
        _time.Advance(TimeSpan.FromSeconds(20));
        await SendAsync(arrivals, "ARCHIVE", 2);

        await CompletesAfterAsync(database, 40, CompletionRule.AbortedQuiet);
    }

    [Theory, EachDatabase]
    public async Task Nor_does_a_release_of_an_association_that_was_open_beside_it(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var beside = await arrivals.OpenAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await AbortAsync(arrivals, "SCANNER", 1);
        await arrivals.StoreAsync(beside, 2);
        await arrivals.CloseAsync(beside, AssociationOutcome.Released);

        await CompletesAfterAsync(database, 60, CompletionRule.AbortedQuiet);
    }

    [Theory, EachDatabase]
    public async Task An_abort_of_an_earlier_revision_does_not_hold_a_late_image(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        await AbortAsync(arrivals, "SCANNER", 1);
        await CompletesAfterAsync(database, 60, CompletionRule.AbortedQuiet);
        _time.Advance(TimeSpan.FromHours(1));
        await SendAsync(arrivals, "ARCHIVE", 2);

        await CompletesAfterAsync(database, 5, CompletionRule.ReleasedQuiet);
    }

    /// <summary>Its connection broke without a word; it came back long before we gave the old association up.</summary>
    [Theory, EachDatabase]
    public async Task A_sender_that_came_back_before_it_was_given_up_on_is_not_waited_for_again(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var broken = await arrivals.OpenAsync();
        await arrivals.StoreAsync(broken, 1);
        _time.Advance(TimeSpan.FromSeconds(10));
        await arrivals.SendAsync(2);
        _time.Advance(TimeSpan.FromSeconds(290));
        await arrivals.CloseAsync(broken, AssociationOutcome.Aborted, silence: TimeSpan.FromSeconds(300));

        await CompletesAfterAsync(database, 5, CompletionRule.ReleasedQuiet);
    }

    [Theory, EachDatabase]
    public async Task A_sender_that_was_silent_for_long_has_had_its_time_to_come_back(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var silent = await arrivals.OpenAsync();
        await arrivals.StoreAsync(silent, 1);
        _time.Advance(TimeSpan.FromMinutes(5));
        await arrivals.CloseAsync(silent, AssociationOutcome.Aborted, silence: TimeSpan.FromMinutes(5));

        await CompletesAfterAsync(database, 5, CompletionRule.AbortedQuiet);
    }

    [Theory, EachDatabase]
    public async Task A_sender_whose_listener_died_is_waited_for_from_when_that_was_last_seen(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        await arrivals.StoreAsync(await arrivals.OpenAsync(), 1);
        using var other = Ledger(database, _time);
        await other.BeatAsync(Cancel);

        _time.Advance(AssociationLedger.Dead - Instant);
        await other.BeatAsync(Cancel);
        await using (var still = database.Open())
            Assert.Equal(AssociationOutcome.Open, (await still.Associations.SingleAsync(Cancel)).Outcome);
        _time.Advance(Instant);
        await other.BeatAsync(Cancel);

        await using (var db = database.Open())
        {
            var row = await db.Associations.SingleAsync(Cancel);
            Assert.Equal((AssociationOutcome.Aborted, (DateTimeOffset?)_time.GetUtcNow()), (row.Outcome, row.ClosedAt));
        }
        await CompletesAfterAsync(database, 60 - AssociationLedger.Dead.TotalSeconds, CompletionRule.AbortedQuiet);
    }

    [Theory, EachDatabase]
    public async Task A_listener_whose_clock_is_behind_is_not_taken_for_dead(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var behind = new FakeTimeProvider(_time.GetUtcNow() - TimeSpan.FromMinutes(10));
        using var serving = Ledger(database, behind);
        await serving.OpenAsync(
            new(DicomNetwork.AeTitle.Parse("SCANNER"), DicomNetwork.AeTitle.Parse("GATEWAY"), System.Net.IPAddress.Loopback, 0), Cancel);
        using var other = Ledger(database, _time);

        for (var beat = 0; beat < 10; beat++)
        {
            _time.Advance(AssociationLedger.Heartbeat);
            behind.Advance(AssociationLedger.Heartbeat);
            await serving.BeatAsync(Cancel);
            await other.BeatAsync(Cancel);
        }

        await using var db = database.Open();
        Assert.Equal(AssociationOutcome.Open, (await db.Associations.SingleAsync(Cancel)).Outcome);
    }

    /// <summary>While the database hung no listener could renew its rows, and none could look.</summary>
    [Theory, EachDatabase]
    public async Task What_nobody_could_renew_while_the_database_hung_is_not_taken_for_dead(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        await arrivals.OpenAsync();
        using var other = Ledger(database, _time);
        await other.BeatAsync(Cancel);
        _time.Advance(TimeSpan.FromSeconds(90));

        await other.BeatAsync(Cancel);

        await using var db = database.Open();
        Assert.Equal(AssociationOutcome.Open, (await db.Associations.SingleAsync(Cancel)).Outcome);
    }

    private static AssociationLedger Ledger(TestDatabase database, TimeProvider time) =>
        new(database.Contexts, Patience.Of(TimeProvider.System), TestOutages.Of(time), time, NullLogger<AssociationLedger>.Instance);

    private static async Task AbortAsync(Arrivals arrivals, string callingAe, int instance)
    {
        var association = await arrivals.OpenAsync(callingAe);
        await arrivals.StoreAsync(association, instance);
        await arrivals.CloseAsync(association, AssociationOutcome.Aborted);
    }

    private static async Task SendAsync(Arrivals arrivals, string callingAe, int instance)
    {
        var association = await arrivals.OpenAsync(callingAe);
        await arrivals.StoreAsync(association, instance);
        await arrivals.CloseAsync(association, AssociationOutcome.Released);
    }

    private async Task CompletesAfterAsync(TestDatabase database, double seconds, string rule)
    {
        using var completion = new StudyCompletion(
            database.Contexts, Options.Create(new DicomListenerOptions()), TestOutages.Of(_time), _time,
            NullLogger<StudyCompletion>.Instance);
        _time.Advance(TimeSpan.FromSeconds(seconds) - Instant);
        Assert.Equal(0, await completion.DecideAsync(Cancel));
        _time.Advance(Instant);
        Assert.Equal(1, await completion.DecideAsync(Cancel));
        await using var db = database.Open();
        Assert.Equal(rule, (await db.Studies.SingleAsync(Cancel)).CompletionRule);
    }
}
