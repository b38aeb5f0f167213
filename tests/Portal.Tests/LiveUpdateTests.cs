using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Gateway.Portal.Tests;

/// <summary>An open page is kept current under the hands of its reader, who must notice nothing but the news.</summary>
public class LiveUpdateTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 90_000 };

    [Fact]
    public async Task What_was_typed_stays_when_the_page_is_updated_with_and_without_the_focus_on_it()
    {
        await using var host = await PortalHost.StartAsync();
        var study = await HeldAsync(host);
        await using var opened = await browser.OpenAsync();
        var page = opened.Page;
        await page.GotoAsync($"{host.Url}studies/{study.Id}");
        await page.FillAsync("[name=by]", "Dr. Who");
        await page.FillAsync("[name=why]", "The cut lies outside");
        await page.EvaluateAsync("document.activeElement.blur()");

        await host.AddAsync(Sample.Failure(study, "The first news."));
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("The first news.", Patient);
        Assert.Equal("The cut lies outside", await page.InputValueAsync("[name=why]"));

        await page.EvaluateAsync(
            "document.querySelector('[name=why]').focus(); document.querySelector('[name=why]').setSelectionRange(4, 7)");
        await host.AddAsync(Sample.Failure(study, "The second news."));
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("The second news.", Patient);
        Assert.Equal("why 4 7", await page.EvaluateAsync<string>(
            "(e => `${e.name} ${e.selectionStart} ${e.selectionEnd}`)(document.activeElement)"));
        Assert.Equal("Dr. Who", await page.InputValueAsync("[name=by]"));
    }

    [Fact]
    public async Task A_form_that_is_half_filled_in_stays_when_the_series_has_gone_on_without_it()
    {
        await using var host = await PortalHost.StartAsync();
        var study = await HeldAsync(host);
        await using var opened = await browser.OpenAsync();
        var page = opened.Page;
        await page.GotoAsync($"{host.Url}studies/{study.Id}");
        await page.FillAsync("[name=why]", "Half a reas");
        await page.EvaluateAsync("document.activeElement.blur()");

        await using (var db = host.Database.Open())
            await db.Series.MoveAsync(db, SeriesEvent.Released, TestContext.Current.CancellationToken);
        await Assertions.Expect(page.Locator(".series .chip.queued")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        Assert.Equal("Half a reas", await page.InputValueAsync("[name=why]"));

        await page.FillAsync("[name=why]", "");
        await page.EvaluateAsync("document.activeElement.blur()");
        await Assertions.Expect(page.Locator(".release")).ToHaveCountAsync(0, new() { Timeout = 90_000 });
    }

    [Fact]
    public async Task What_is_open_selected_or_focused_stays_when_rows_come_above_it()
    {
        await using var host = await PortalHost.StartAsync();
        var study = Sample.Study();
        await host.AddAsync(study, Sample.Failure(study, "An old failure to select."));
        await using var opened = await browser.OpenAsync();
        var page = opened.Page;
        await page.GotoAsync($"{host.Url}failures");
        await page.ClickAsync("summary");
        await page.FillAsync("[name=why]", "Half a reas");
        await page.FocusAsync("summary");
        await page.EvaluateAsync("getSelection().selectAllChildren(document.querySelector('tbody td:nth-child(3)'))");

        await host.AddAsync(Sample.Failure(study, "A later failure.", second: 60));
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(2, new() { Timeout = 90_000 });

        var old = page.Locator("tbody tr", new() { HasText = "An old failure" });
        await Assertions.Expect(old.Locator("details")).ToHaveAttributeAsync("open", "");
        Assert.Equal("Half a reas", await old.Locator("[name=why]").InputValueAsync());
        Assert.StartsWith(
            "An old failure to select.", await page.EvaluateAsync<string>("getSelection().toString()"), StringComparison.Ordinal);
        Assert.Equal("SUMMARY", await page.EvaluateAsync<string>("document.activeElement.nodeName"));
        await Assertions.Expect(page.Locator("tbody tr").First).ToContainTextAsync("A later failure.");
    }

    [Fact]
    public async Task A_patient_who_comes_above_the_chosen_one_does_not_take_the_choice()
    {
        await using var host = await PortalHost.StartAsync();
        var study = Sample.InConflict();
        await host.AddAsync(study);
        await using var opened = await browser.OpenAsync();
        var page = opened.Page;
        await page.GotoAsync($"{host.Url}studies/{study.Id}");
        await page.Locator("[name=patient]").Last.CheckAsync();
        var chosen = await page.Locator("[name=patient]:checked").GetAttributeAsync("value");

        var identity = new PatientIdentity("4713", "WARD8", "POE^EVE", "19900303", "F");
        await host.AddAsync(new StudyPatient
        {
            Id = StudyPatient.IdOf(study.Id, identity),
            StudyId = study.Id,
            PatientId = identity.PatientId,
            IssuerOfPatientId = identity.IssuerOfPatientId,
            PatientName = identity.PatientName,
            PatientBirthDate = identity.PatientBirthDate,
            PatientSex = identity.PatientSex,
        });
        await Assertions.Expect(page.Locator("[name=patient]")).ToHaveCountAsync(3, new() { Timeout = 90_000 });

        Assert.Equal(chosen, await page.Locator("[name=patient]:checked").GetAttributeAsync("value"));
        Assert.Equal("3", await page.Locator("[name=of]").GetAttributeAsync("value"));
    }

    [Fact]
    public async Task When_nothing_has_changed_nothing_is_sent_and_nothing_is_touched()
    {
        await using var host = await PortalHost.StartAsync();
        await host.AddAsync(await Sample.TranslatedAsync(host.Objects));
        await using var opened = await browser.OpenAsync();
        var page = opened.Page;
        await page.GotoAsync(host.Url);
        await page.EvaluateAsync(
            "new MutationObserver(m => window.touched = true).observe(main, { subtree: true, childList: true, attributes: true, characterData: true })");

        await page.WaitForResponseAsync(answer => answer.Status == 304 && answer.Url == host.Url, new() { Timeout = 90_000 });

        Assert.Null(await page.EvaluateAsync<bool?>("window.touched ?? null"));
        await using (var db = host.Database.Open())
            await db.Studies.ExecuteUpdateAsync(
                set => set.SetProperty(s => s.CompletedInstances, 77), TestContext.Current.CancellationToken);
        await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync("77", Patient);
    }

    private static async Task<Study> HeldAsync(PortalHost host)
    {
        var study = Sample.Study();
        Sample.Series(study, SeriesState.Held);
        await host.AddAsync(study);
        return study;
    }
}
