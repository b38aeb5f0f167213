using System.Text.RegularExpressions;
using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

/// <summary>However the worklist is filtered, both databases go along an index to the rows that are shown: they look at no other
/// study.</summary>
public sealed class WorklistPlanTests
{
    private const int Studies = 20_000;

    [Theory, EachDatabase]
    public async Task Every_filter_is_answered_along_an_index(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using (var db = database.Open())
            await ManyStudies.AddAsync(db, Studies);
        var watch = new PlanWatch(database);
        var queries = new StudyQueries(watch);
        var deep = new Cursor(ManyStudies.At(Studies / 2), Guid.Empty);

        foreach (var uid in (string?[])[null, ManyStudies.Uid(77)])
            foreach (var state in Enum.GetValues<WorklistState>().Cast<WorklistState?>().Append(null))
                foreach (var after in (Cursor?[])[null, deep])
                {
                    watch.Plans.Clear();
                    await queries.ListAsync(new(uid, state), new(PageRequest.DefaultLimit, after), TestContext.Current.CancellationToken);
                    // Most studies are the one or the other, so that the order alone leads to the first of them as fast.
                    var wanted = uid is not null ? "IX_studies_study_instance_uid"
                        : state is null ? "IX_studies_first_received_at_id"
                        : state is WorklistState.Delivered or WorklistState.Ineligible
                            ? "IX_studies_(worklist_state_)?first_received_at_id" : "IX_studies_worklist_state_first_received_at_id";
                    Check(provider, watch.Plans[0], wanted, $"{uid} {state} {after}");
                    if (uid is null && after is not null)
                        Assert.Contains("first_received_at<", Unquoted(watch.Plans[0]), StringComparison.Ordinal);
                    Assert.All(watch.Plans.Skip(1), plan => Check(provider, plan, "IX_series_study_id_", "series"));
                }
    }

    private static void Check(DatabaseProvider provider, string plan, string index, string asked)
    {
        Assert.True(Regex.IsMatch(plan, index), $"{provider}, {asked}: {plan}");
        Assert.DoesNotMatch("Seq Scan on (studies|series)", plan);
        Assert.DoesNotMatch("SCAN (s|studies|series)\\b(?! USING INDEX)", plan);
        if (index.StartsWith("IX_studies", StringComparison.Ordinal) && !asked.StartsWith("2.25", StringComparison.Ordinal))
            Assert.DoesNotMatch("TEMP B-TREE", plan);
    }

    /// <summary>Both databases write a condition of the index in their own way.</summary>
    private static string Unquoted(string plan) =>
        plan.Replace(" ", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);
}
