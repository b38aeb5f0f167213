using System.Text.Json.Nodes;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class LedgerApiTests
{
    [Theory, EachDatabase]
    public async Task Each_ledger_is_read_newest_first_page_by_page(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var study = Sample.Study();
        await host.AddAsync(study);
        for (var second = 0; second < 3; second++)
            await host.AddAsync(
                Sample.Refusal($"R{second}", second: second), Sample.Failure(study, $"F{second}", second),
                Sample.Association($"A{second}", second), Sample.Commitment($"C{second}", second));

        Assert.Equal(["R2", "R1", "R0"], await WalkAsync(host, "api/refusals", "callingAe"));
        Assert.Equal(["F2", "F1", "F0"], await WalkAsync(host, "api/failures", "text"));
        Assert.Equal(["A2", "A1", "A0"], await WalkAsync(host, "api/associations", "callingAe"));
        Assert.Equal(["C2", "C1", "C0"], await WalkAsync(host, "api/commitments", "callingAe"));
    }

    [Fact]
    public async Task A_failure_tells_why_and_keeps_the_message_to_itself()
    {
        await using var host = await PortalHost.StartAsync();
        var study = Sample.Study();
        await host.AddAsync(study, Sample.Failure(study));

        var failure =
            JsonNode.Parse(
                await host.Client.GetStringAsync(
                    new Uri("api/failures", UriKind.Relative), TestContext.Current.CancellationToken))!["items"]![0]!.AsObject();

        Assert.Equal(["id", "at", "messageType", "code", "text", "studyId", "seriesId", "replayedAt"], failure.Select(p => p.Key));
        Assert.Equal(("model-missing", study.Id.ToString()), ((string)failure["code"]!, (string)failure["studyId"]!));
    }

    [Theory, EachDatabase]
    public async Task What_a_destination_has_not_taken_is_told_with_its_age_and_cause(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var study = Sample.Study();
        var derived = Sample.Series(study, SeriesState.Delivering, SeriesOrigin.Derived, Sample.Series(study, SeriesState.Translated));
        var deliveries = Enumerable.Range(1, 2).Select(number => Waiting(Sample.Instance(derived, new string('b', 64), number))).ToList();
        await host.AddAsync([study, .. deliveries]);

        var one = Assert.Single(JsonNode.Parse(await GetAsync("api/waiting"))!["items"]!.AsArray())!.AsObject();
        var failures = await GetAsync("failures");
        var page = await GetAsync($"studies/{study.Id}");

        Assert.Equal(["destination", "waiting", "since", "attempts", "triedAt", "dicomStatus", "error"], one.Select(p => p.Key));
        Assert.Equal(
            ("PACS", derived.Instances.Count, 131, 0xA700),
            ((string)one["destination"]!, (int)one["waiting"]!, (int)one["attempts"]!, (int)one["dicomStatus"]!));
        Assert.Contains($"{derived.Instances.Count} images wait for PACS since", failures, StringComparison.Ordinal);
        Assert.Contains("status A700, Out of resources", failures, StringComparison.Ordinal);
        Assert.Contains("PACS takes nothing now", page, StringComparison.Ordinal);

        Task<string> GetAsync(string path) =>
            host.Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        static Delivery Waiting(Instance instance)
        {
            var delivery = Sample.Delivery(instance, DeliveryState.Pending);
            (delivery.SentAt, delivery.TriedAt, delivery.Attempts) = (null, Sample.Noon.AddHours(2), 131);
            (delivery.DicomStatus, delivery.Error) = (0xA700, "Out of resources");
            return delivery;
        }
    }

    private static async Task<List<string>> WalkAsync(PortalHost host, string path, string property)
    {
        var seen = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = JsonNode.Parse(await host.Client.GetStringAsync(new Uri($"{path}?limit=2&cursor={next}", UriKind.Relative)))!;
            seen.AddRange(page["items"]!.AsArray().Select(row => (string)row![property]!));
            next = (string?)page["next"];
        }
        return seen;
    }
}
