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
            await host.AddAsync(Sample.Refusal($"R{second}", second: second), Sample.Failure(study, $"F{second}", second), Sample.Association($"A{second}", second), Sample.Commitment($"C{second}", second));

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

        var failure = JsonNode.Parse(await host.Client.GetStringAsync(new Uri("api/failures", UriKind.Relative), TestContext.Current.CancellationToken))!["items"]![0]!.AsObject();

        Assert.Equal(["id", "at", "messageType", "code", "text", "studyId", "seriesId", "replayedAt"], failure.Select(p => p.Key));
        Assert.Equal(("model-missing", study.Id.ToString()), ((string)failure["code"]!, (string)failure["studyId"]!));
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
