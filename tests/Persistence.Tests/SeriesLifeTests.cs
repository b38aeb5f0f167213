using System.Text.RegularExpressions;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Persistence.Tests;

/// <summary>The table of a series' life, and its drawing in docs/architecture.md.</summary>
public sealed partial class SeriesLifeTests
{
    private static readonly SeriesEvent[] Events = Enum.GetValues<SeriesEvent>();
    private static readonly SeriesState[] States = Enum.GetValues<SeriesState>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(SeriesOrigin.Received), InlineData(SeriesOrigin.Derived)]
    public void Its_drawing_in_the_documentation_is_this_table(SeriesOrigin origin)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));

        var drawn = Regex.Match(text, $@"<!-- life: {Word(origin)} -->\n```mermaid\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        Assert.Equal(Drawing(origin), drawn);
    }

    [Fact]
    public void An_event_leads_to_one_state() => Assert.All(Events, happened => Assert.Contains(SeriesLife.Target(happened), States));

    [Theory, InlineData(SeriesOrigin.Received), InlineData(SeriesOrigin.Derived)]
    public void Work_that_was_given_up_on_can_be_replayed_to_where_it_stood(SeriesOrigin origin)
    {
        foreach (var givenUp in Events.Where(happened => $"{happened}".EndsWith("GivenUp", StringComparison.Ordinal)))
        {
            var replayed = Enum.Parse<SeriesEvent>($"{givenUp}".Replace("GivenUp", "Replayed", StringComparison.Ordinal));
            foreach (var state in SeriesLife.Leaves(origin, givenUp))
            {
                Assert.Equal(SeriesState.Failed, SeriesLife.Next(origin, state, givenUp));
                Assert.NotNull(SeriesLife.Next(origin, SeriesState.Failed, replayed));
            }
        }
    }

    [Theory, EachDatabase]
    public async Task A_move_leaves_the_states_that_the_table_names_and_no_other(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = Rows.Study("1.9");
        var ids = new Dictionary<(SeriesOrigin, SeriesState), Guid>();
        await using (var db = database.Open())
        {
            foreach (var origin in Enum.GetValues<SeriesOrigin>())
                foreach (var state in States)
                    study.Series.Add(Row(study.Id, origin, state, ids[(origin, state)] = Rows.NewId()));
            db.Studies.Add(study);
            await db.SaveChangesAsync(Cancel);
        }

        foreach (var happened in Events)
        {
            await using var db = database.Open();
            await using var undone = await db.Database.BeginTransactionAsync(Cancel);
            var before = await db.Series.AsNoTracking().ToDictionaryAsync(s => s.Id, Cancel);
            await db.Series.MoveAsync(db, happened, Cancel);
            Assert.All(await db.Series.AsNoTracking().ToListAsync(Cancel), s =>
                Assert.Equal(SeriesLife.Next(s.Origin, before[s.Id].State, happened) ?? before[s.Id].State, s.State));
        }
    }

    [Theory, EachDatabase]
    public async Task The_listeners_prepared_statement_moves_as_the_table_does(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var study = Rows.Study("1.10");
        var (received, derived) = (Rows.NewId(), Rows.NewId());
        study.Series.Add(Row(study.Id, SeriesOrigin.Received, SeriesState.Translating, received));
        study.Series.Add(Row(study.Id, SeriesOrigin.Derived, SeriesState.Delivered, derived));
        await using var db = database.Open();
        db.Studies.Add(study);
        await db.SaveChangesAsync(Cancel);

        foreach (var id in (Guid[])[received, derived])
            await db.Database.ExecuteSqlRawAsync(SeriesMove.Statement(SeriesEvent.ImageStored, "{0}"), [id], Cancel);

        Assert.Equal(SeriesState.Receiving, (await db.Series.AsNoTracking().SingleAsync(s => s.Id == received, Cancel)).State);
        Assert.Equal(SeriesState.Delivered, (await db.Series.AsNoTracking().SingleAsync(s => s.Id == derived, Cancel)).State);
    }

    private static Series Row(Guid study, SeriesOrigin origin, SeriesState state, Guid id) => new()
    {
        Id = id,
        StudyId = study,
        SeriesInstanceUid = $"2.25.{(int)origin}.{(int)state}",
        Origin = origin,
        State = state,
        CreatedAt = Rows.Noon,
    };

    /// <summary>One arrow an event and state; an event that any state may be left by is one arrow.</summary>
    private static string Drawing(SeriesOrigin origin)
    {
        var lines = new List<string> { "stateDiagram-v2", $"    [*] --> {Word(SeriesLife.First(origin))}" };
        foreach (var happened in Events)
        {
            var leaves = SeriesLife.Leaves(origin, happened);
            if (leaves.Count == States.Length)
                lines.Add($"    any --> {Word(SeriesLife.Target(happened))}: {Phrase(happened)}");
            else
                lines.AddRange(leaves.Select(state => $"    {Word(state)} --> {Word(SeriesLife.Target(happened))}: {Phrase(happened)}"));
        }
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static string Word(Enum value) => $"{value}".ToLowerInvariant();

    private static string Phrase(SeriesEvent happened) => WordStart().Replace($"{happened}", " $0").TrimStart().ToLowerInvariant();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex WordStart();
}
