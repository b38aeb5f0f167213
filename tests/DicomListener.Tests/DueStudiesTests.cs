using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.DicomListener.Tests;

/// <summary>Which studies are looked at for their completion, on both databases.</summary>
public sealed class DueStudiesTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One archive that migrates over a single association keeps its studies open; a scanner's is none of them.</summary>
    [Theory, EachDatabase]
    public async Task However_many_studies_wait_one_that_is_due_is_complete(DatabaseProvider provider)
    {
        const int Migrated = 226;
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        var migration = await arrivals.OpenAsync("ARCHIVE");
        await WaitingAsync(database, migration, Migrated);
        await arrivals.SendAsync(1);
        var completion = Completion(database);

        await completion.DecideAsync(Cancel);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, await completion.DecideAsync(Cancel));

        await arrivals.CloseAsync(migration, AssociationOutcome.Released);
        await completion.DecideAsync(Cancel);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Migrated, await completion.DecideAsync(Cancel));
    }

    [Theory, EachDatabase]
    public async Task What_was_written_by_other_quiet_times_is_decided_anew_at_the_start(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var arrivals = new Arrivals(database, _time);
        await arrivals.SendAsync(1);
        var slow = new CallerOptions { AeTitle = "SCANNER", Cidr = "127.0.0.0/8", ReleasedQuiet = TimeSpan.FromHours(1) };
        Assert.Equal(0, await Completion(database, callers: slow).DecideAsync(Cancel));
        _time.Advance(TimeSpan.FromSeconds(5));

        await DueStudies.LookAtAllAsync(database.Contexts, _time.GetUtcNow(), Cancel);

        Assert.Equal(1, await Completion(database).DecideAsync(Cancel));
    }

    /// <summary>Studies of one image each, which came before any other.</summary>
    private async Task WaitingAsync(TestDatabase database, Guid association, int count)
    {
        await using var db = database.Open();
        var at = _time.GetUtcNow() - TimeSpan.FromSeconds(30);
        for (var i = 0; i < count; i++)
        {
            var study = new Study
            {
                Id = Guid.CreateVersion7(), StudyInstanceUid = $"2.25.{i}", FirstReceivedAt = at, LastReceivedAt = at, DueAt = at,
            };
            db.Studies.Add(study);
            db.AssociationStudies.Add(new() { AssociationId = association, StudyId = study.Id });
        }

        await db.SaveChangesAsync(Cancel);
    }

    private StudyCompletion Completion(
        TestDatabase database, params IReadOnlyList<CallerOptions> callers)
    {
        var options = new DicomListenerOptions();
        options.Callers.AddRange(callers);
        return new(
            database.Contexts, Options.Create(options), TestOutages.Of(_time), _time, NullLogger<StudyCompletion>.Instance);
    }
}
