using System.Text.Json;
using Gateway.Contracts;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.DicomListener.Tests;

/// <summary>When a study is complete, on both databases (docs/architecture.md, "The flow", 2).</summary>
public sealed class CompletionTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task A_released_study_is_complete_after_five_quiet_seconds(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var association = await arrivals.OpenAsync();
        await arrivals.StoreAsync(association, 1, 2, 3);
        await arrivals.CloseAsync(association, AssociationOutcome.Released);
        var completion = Completion(database);

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(0, await completion.DecideAsync(Cancel));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, await completion.DecideAsync(Cancel));
        Assert.Equal(0, await completion.DecideAsync(Cancel));

        await using var db = database.Open();
        var study = await db.Studies.Include(s => s.Series).SingleAsync(Cancel);
        Assert.Equal((StudyState.Received, 1), (study.State, study.Revision));
        Assert.Equal((CompletionRule.ReleasedQuiet, 3), (study.CompletionRule, study.CompletedInstances));
        Assert.Equal(_time.GetUtcNow(), study.CompletedAt);
        Assert.Equal((SeriesState.Received, 1), (Assert.Single(study.Series).State, study.Series[0].Revision));
        Assert.Equal([(study.Id, 1)], await EventsAsync(db));
    }

    [Theory, EachDatabase]
    public async Task A_study_with_an_open_association_waits_until_it_is_forced(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var (first, second) = (await arrivals.OpenAsync(), await arrivals.OpenAsync());
        await arrivals.StoreAsync(first, 1);
        await arrivals.StoreAsync(second, 2);
        await arrivals.CloseAsync(first, AssociationOutcome.Released);
        var completion = Completion(database);

        _time.Advance(TimeSpan.FromSeconds(899));
        Assert.Equal(0, await completion.DecideAsync(Cancel));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await completion.DecideAsync(Cancel));

        await using var db = database.Open();
        Assert.Equal(CompletionRule.IdleForced, (await db.Studies.SingleAsync(Cancel)).CompletionRule);
    }

    [Theory, EachDatabase]
    public async Task An_aborted_study_waits_longer_for_the_scanner_to_try_again(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var association = await arrivals.OpenAsync();
        await arrivals.StoreAsync(association, 1);
        await arrivals.CloseAsync(association, AssociationOutcome.Aborted);
        var completion = Completion(database);

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await completion.DecideAsync(Cancel));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await completion.DecideAsync(Cancel));

        await using var db = database.Open();
        Assert.Equal(CompletionRule.AbortedQuiet, (await db.Studies.SingleAsync(Cancel)).CompletionRule);
    }

    [Theory, EachDatabase]
    public async Task A_retry_that_sends_only_known_images_still_keeps_the_study_open(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var first = await arrivals.OpenAsync();
        await arrivals.StoreAsync(first, 1);
        await arrivals.CloseAsync(first, AssociationOutcome.Aborted);
        var retry = await arrivals.OpenAsync();
        await arrivals.StoreAsync(retry, 1);
        var completion = Completion(database);

        _time.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal(0, await completion.DecideAsync(Cancel));
        await arrivals.CloseAsync(retry, AssociationOutcome.Released);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, await completion.DecideAsync(Cancel));

        await using var db = database.Open();
        var study = await db.Studies.SingleAsync(Cancel);
        Assert.Equal((CompletionRule.ReleasedQuiet, 1), (study.CompletionRule, study.CompletedInstances));
    }

    [Theory, EachDatabase]
    public async Task A_late_image_opens_the_next_revision(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        await arrivals.SendAsync(1);
        var completion = Completion(database);
        _time.Advance(TimeSpan.FromSeconds(5));
        await completion.DecideAsync(Cancel);

        await arrivals.SendAsync(2);
        await using (var reopened = database.Open())
            Assert.Equal(StudyState.Receiving, (await reopened.Studies.SingleAsync(Cancel)).State);
        _time.Advance(TimeSpan.FromSeconds(5));
        await completion.DecideAsync(Cancel);

        await using var db = database.Open();
        var study = await db.Studies.Include(s => s.Series).SingleAsync(Cancel);
        Assert.Equal((StudyState.Received, 2, 2), (study.State, study.Revision, study.CompletedInstances));
        Assert.Equal((SeriesState.Received, 2), (Assert.Single(study.Series).State, study.Series[0].Revision));
        Assert.Equal([(study.Id, 1), (study.Id, 2)], await EventsAsync(db));
    }

    [Theory, EachDatabase]
    public async Task An_image_sent_again_after_completion_opens_nothing(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        await arrivals.SendAsync(1);
        _time.Advance(TimeSpan.FromSeconds(5));
        await Completion(database).DecideAsync(Cancel);

        await arrivals.SendAsync(1);

        await using var db = database.Open();
        Assert.Equal(StudyState.Received, (await db.Studies.SingleAsync(Cancel)).State);
    }

    [Theory, EachDatabase]
    public async Task Competing_replicas_announce_each_revision_once(DatabaseProvider provider)
    {
        const int Rounds = 10;
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        using var signal = new OutboxSignal();
        StudyCompletion[] replicas = [.. Enumerable.Range(0, 3).Select(_ => Completion(database, database.NewContexts(signal)))];

        for (var round = 1; round <= Rounds; round++)
        {
            await arrivals.SendAsync(round);
            _time.Advance(TimeSpan.FromSeconds(5));
            var decided = await Task.WhenAll(replicas.Select(replica => Task.Run(() => replica.DecideAsync(Cancel))));
            Assert.Equal(1, decided.Sum());
        }

        await using var db = database.Open();
        var study = await db.Studies.SingleAsync(Cancel);
        Assert.Equal(Enumerable.Range(1, Rounds).Select(revision => (study.Id, revision)), await EventsAsync(db));
    }

    [Theory, EachDatabase]
    public async Task A_callers_own_quiet_time_goes_before_that_of_all(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        await arrivals.SendAsync(1);
        var patient = new CallerOptions { AeTitle = "SCANNER", Cidr = "127.0.0.0/8", ReleasedQuiet = TimeSpan.FromSeconds(30) };
        var completion = Completion(database, callers: patient);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, await completion.DecideAsync(Cancel));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await completion.DecideAsync(Cancel));
    }

    /// <summary>One title, three entries: two scanners told apart by network, a third by its certificate.</summary>
    [Theory, EachDatabase]
    public async Task Quiet_times_are_those_of_the_entry_that_let_the_caller_in(DatabaseProvider provider)
    {
        (string Remote, string? Subject, int Quiet)[] callers = [
            ("10.1.2.3", null, 10), ("10.9.2.3", null, 30), ("10.9.2.3", "CN=ct, O=Hospital", 50)];
        CallerOptions[] entries =
        [
            new() { AeTitle = "SCANNER", Cidr = "10.9.0.0/16", TlsSubject = "CN=ct,O=Hospital", ReleasedQuiet = TimeSpan.FromSeconds(50) },
            new() { AeTitle = "SCANNER", Cidr = "10.1.0.0/16", ReleasedQuiet = TimeSpan.FromSeconds(10) },
            new() { AeTitle = "SCANNER", Cidr = "10.9.0.0/16", ReleasedQuiet = TimeSpan.FromSeconds(30) },
        ];
        foreach (var (remote, subject, quiet) in callers)
        {
            await using var database = await TestDatabase.CreateAsync(provider);
            var arrivals = new Arrivals(database, _time);
            var association = await arrivals.OpenAsync(remote: remote, tlsSubject: subject);
            await arrivals.StoreAsync(association, 1);
            await arrivals.CloseAsync(association, AssociationOutcome.Released);
            var completion = Completion(database, callers: entries);

            _time.Advance(TimeSpan.FromSeconds(quiet - 1));
            Assert.Equal(0, await completion.DecideAsync(Cancel));
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(1, await completion.DecideAsync(Cancel));
        }
    }

    [Theory, EachDatabase]
    public async Task A_callers_own_limit_holds_also_while_its_only_association_is_open(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        await arrivals.StoreAsync(await arrivals.OpenAsync(), 1);
        var patient = new CallerOptions { AeTitle = "SCANNER", Cidr = "127.0.0.0/8", IdleForced = TimeSpan.FromHours(1) };
        var completion = Completion(database, callers: patient);

        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await completion.DecideAsync(Cancel));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await completion.DecideAsync(Cancel));
    }

    private StudyCompletion Completion(
        TestDatabase database, IDbContextFactory<GatewayDbContext>? contexts = null, params IReadOnlyList<CallerOptions> callers)
    {
        var options = new DicomListenerOptions();
        options.Callers.AddRange(callers);
        return new(
            contexts ?? database.Contexts, Options.Create(options), TestOutages.Of(_time), _time, NullLogger<StudyCompletion>.Instance);
    }

    private static async Task<List<(Guid, int)>> EventsAsync(GatewayDbContext db)
    {
        var rows = await db.Outbox.Where(row => row.Type == typeof(StudyReceived).FullName).ToListAsync(Cancel);
        return [.. rows.Select(row => JsonSerializer.Deserialize<StudyReceived>(row.Body, ContractTypes.Json)!)
            .OrderBy(message => message.Revision).Select(message => (message.StudyId, message.Revision))];
    }
}
