using System.Net;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class PageTests(EmptyPortal empty) : IClassFixture<EmptyPortal>
{
    [Fact]
    public async Task An_empty_gateway_tells_how_to_send_a_study()
    {
        var host = empty.Host;

        var html = WebUtility.HtmlDecode(await GetAsync(host, ""));

        Assert.Contains("storescu -aet SCANNER -aec GATEWAY +sd +sp '*.dcm' 127.0.0.1 11119 FOLDER", html, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task The_list_shows_states_in_words_and_no_patient(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        await host.AddAsync(await Sample.TranslatedAsync(host.Objects));

        var html = await GetAsync(host, "");

        Assert.Contains("SYNTHETIC CT", html, StringComparison.Ordinal);
        Assert.Contains("chip delivered", html, StringComparison.Ordinal);
        Assert.Contains("released-quiet", html, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", html, StringComparison.Ordinal);
        Assert.DoesNotContain("ACC-1", html, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task The_list_counts_the_images_that_are_stored_while_more_are_coming(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var study = Sample.Study(state: StudyState.Receiving);
        study.CompletedInstances = 0;
        foreach (var series in (Series[])[Sample.Series(study, SeriesState.Receiving), Sample.Series(study, SeriesState.Receiving)])
            for (var number = 1; number <= 21; number++)
                Sample.Instance(series, $"{number}", number, conflict: number == 21);
        Sample.Instance(Sample.Series(study, SeriesState.Superseded, SeriesOrigin.Derived), "derived");
        await host.AddAsync(study, Sample.Study());

        var html = await GetAsync(host, "");

        Assert.Contains("<td class=\"number\" data-label=\"Images\">40</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\" data-label=\"Images\">2</td>", html, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_study_of_which_little_is_known_yet_has_a_page(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        var study = new Study { Id = Sample.NewId(), StudyInstanceUid = Sample.NewUid(), FirstReceivedAt = Sample.Noon };
        Sample.Series(study, SeriesState.Receiving).Modality = null;
        var association = Sample.Association();
        (association.ClosedAt, association.Outcome) = (null, AssociationOutcome.Open);
        await host.AddAsync(study, association, new AssociationStudy { AssociationId = association.Id, StudyId = study.Id });

        var html = await GetAsync(host, $"studies/{study.Id}");

        Assert.Contains("chip receiving", html, StringComparison.Ordinal);
        Assert.Contains("SCANNER is connected", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_without_panels_is_shown_whole_with_its_labels()
    {
        await using var host = await PortalHost.StartAsync();
        var study = await Sample.TranslatedAsync(host.Objects, new Dictionary<string, byte[]> { ["sheet"] = [1] });
        await host.AddAsync(study);

        var html = WebUtility.HtmlDecode(await GetAsync(host, $"studies/{study.Id}"));

        Assert.Contains("source | registered | masked | synthetic | cycle | on the patient's grid", html, StringComparison.Ordinal);
        Assert.Contains($"/api/pictures/{study.Series[1].Pictures[0].Id}", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_slice_of_a_whole_series_is_shown_below_the_chosen_one()
    {
        await using var host = await PortalHost.StartAsync();
        var study = await Sample.TranslatedAsync(host.Objects, new Dictionary<string, byte[]> { ["montage"] = [1], ["patient"] = [2] });
        await host.AddAsync(study);

        var html = WebUtility.HtmlDecode(await GetAsync(host, $"studies/{study.Id}"));

        var (chosen, all) = (html.IndexOf("<figcaption>on the patient's grid", StringComparison.Ordinal), html.IndexOf(
            "<figcaption>every slice", StringComparison.Ordinal));
        Assert.True(chosen > 0 && all > chosen, $"{chosen}, {all}");
    }

    [Fact]
    public async Task Refusals_tell_who_was_turned_away_and_why()
    {
        await using var host = await PortalHost.StartAsync();
        await host.AddAsync(Sample.Refusal());

        var html = await GetAsync(host, "refusals");

        Assert.Contains("STRANGER", html, StringComparison.Ordinal);
        Assert.Contains("The calling AE title is not on the list.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_restricts_what_a_browser_may_do_and_keep()
    {
        var host = empty.Host;

        foreach (var path in (string[])["", "refusals", "api/studies", "fhir/metadata", "nothing", "portal/portal.js"])
        {
            var answer = await host.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task The_page_asks_nothing_of_other_machines()
    {
        var host = empty.Host;

        foreach (var path in (string[])["", "portal/portal.css", "portal/portal.js"])
            Assert.DoesNotMatch("(src|href|url|from|import)[^a-z]{1,3}(https?:)?//", await GetAsync(host, path));
    }

    [Fact]
    public async Task A_page_with_a_wrong_address_or_a_mistyped_filter_stays_a_page()
    {
        var host = empty.Host;

        var missing = await host.Client.GetAsync(new Uri("studies/1.2.3", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (missing.StatusCode, missing.Content.Headers.ContentType!.MediaType));
        Assert.Contains("<h1>Studies</h1>", await GetAsync(host, "?state=nonsense&limit=x&cursor=y"), StringComparison.Ordinal);
    }

    private static Task<string> GetAsync(PortalHost host, string path) => host.Client.GetStringAsync(new Uri(path, UriKind.Relative));
}
