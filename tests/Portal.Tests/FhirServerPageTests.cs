using System.Text.Json.Nodes;
using Gateway.Persistence;

namespace Gateway.Portal.Tests;

/// <summary>An operator sees what an external FHIR server was told and what waits for it.</summary>
public sealed class FhirServerPageTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_is_on_the_pages_and_in_the_api()
    {
        await using var host = await PortalHost.StartAsync();
        var id = await AddAsync(host, DeliveryState.Pending);

        var page = await host.Client.GetStringAsync("failures", Cancel);
        var study = await host.Client.GetStringAsync($"studies/{id}", Cancel);
        var waiting = JsonNode.Parse(await host.Client.GetStringAsync("api/waiting", Cancel))!["fhirServer"]!;
        var told = JsonNode.Parse(await host.Client.GetStringAsync($"api/studies/{id}/deliveries", Cancel))!["fhirServer"]!;

        Assert.Contains(
            "1 study waits for the FHIR server since 2026-11-02 09:00 UTC, 3 tries, the last at 2026-11-02 09:01 UTC: HTTP 503", page,
            StringComparison.Ordinal);
        Assert.Contains(
            "version 2 waits for the FHIR server, 3 tries, the last at 2026-11-02 09:01 UTC: HTTP 503", study, StringComparison.Ordinal);
        Assert.Equal((1, 0, 503), ((int)waiting["waiting"]!, (int)waiting["parked"]!, (int)waiting["httpStatus"]!));
        Assert.Equal(("pending", 2, 503), ((string)told["state"]!, (int)told["wanted"]!, (int)told["httpStatus"]!));
    }

    [Theory]
    [InlineData(DeliveryState.Delivered, "the FHIR server holds version 1 since 2026-11-02 09:02 UTC")]
    [InlineData(DeliveryState.Parked, "the FHIR server refuses version 2: HTTP 503")]
    public async Task What_came_of_it_is_on_the_page_of_the_study(DeliveryState state, string expected)
    {
        await using var host = await PortalHost.StartAsync();
        var id = await AddAsync(host, state);

        Assert.Contains(expected, await host.Client.GetStringAsync($"studies/{id}", Cancel), StringComparison.Ordinal);
    }

    private static async Task<Guid> AddAsync(PortalHost host, DeliveryState state)
    {
        var (study, resource) = FhirRows.Study("a1", "2026-11-01");
        await host.AddAsync(study, resource, new FhirPublication
        {
            StudyId = study.Id,
            State = state,
            Wanted = 2,
            Held = 1,
            Attempts = 3,
            WaitingSince = At,
            TriedAt = At.AddMinutes(1),
            PublishedAt = At.AddMinutes(2),
            HttpStatus = 503,
            Error = "HTTP 503",
        });
        return study.Id;
    }
}
