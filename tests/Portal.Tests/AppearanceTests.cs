using Gateway.Contracts.Reasons;
using Gateway.Persistence;
using Microsoft.Playwright;

namespace Gateway.Portal.Tests;

/// <summary>Every page as people with a phone, with weak eyes or with many tabs have it.</summary>
public class AppearanceTests(Browser browser) : IClassFixture<Browser>
{
    private const string Peer = "ABC\u05d0\u05d1\u05d2-peer";

    /// <summary>
    /// WCAG 2.2, 1.4.3: text whose colour and ground differ by less than 4.5 to 1. What lies under a text is painted on a canvas, from the
    /// page up to its own element, as a browser does; text before and after an element counts as well.
    /// </summary>
    private const string TooFaint = """
        () => {
          const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
          const paint = color => { context.fillStyle = color; context.fillRect(0, 0, 1, 1); return [...context.getImageData(0, 0, 1, 1).data]; };
          const light = rgb => rgb.slice(0, 3).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const judge = (element, color, text) => {
            const above = [];
            for (let e = element; e; e = e.parentElement) above.unshift(getComputedStyle(e).backgroundColor);
            const ground = light(above.reduce((_, color) => paint(color), paint("canvas"))), ink = light(paint(color));
            const ratio = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
            return ratio < 4.5 ? [`${ratio.toFixed(2)} ${element.localName}.${element.className}: ${text.trim().slice(0, 40)}`] : [];
          };
          const wrong = [];
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const element = texts.currentNode.parentElement, text = texts.currentNode.data;
            if (text.trim() && element.checkVisibility()) wrong.push(...judge(element, getComputedStyle(element).color, text));
          }
          for (const element of document.body.querySelectorAll("*"))
            for (const side of ["::before", "::after"]) {
              const style = getComputedStyle(element, side);
              if (/\w/.test(style.content.replace("none", "").replace("normal", "")) && element.checkVisibility()) wrong.push(...judge(element, style.color, style.content));
            }
          return [...new Set(wrong)];
        }
        """;

    /// <summary>What can be clicked or typed into lies within the window and within every box that cuts off what sticks out.</summary>
    private const string CutOff = """
        () => [...document.body.querySelectorAll("a:not(.skip), button, input, select, textarea, summary, img")].filter(e => e.checkVisibility() && e.type !== "hidden").filter(e => {
          const right = e.getBoundingClientRect().right;
          for (let box = e.parentElement; box; box = box.parentElement)
            if (getComputedStyle(box).overflowX !== "visible" && right > box.getBoundingClientRect().right + 1) return true;
          return right > innerWidth;
        }).map(e => e.outerHTML.slice(0, 120))
        """;

    [Theory]
    [InlineData(ColorScheme.Light, 390), InlineData(ColorScheme.Dark, 390), InlineData(ColorScheme.Light, 1440), InlineData(
        ColorScheme.Dark, 1440)]
    public async Task Every_text_can_be_read_and_no_page_is_wider_than_its_window(ColorScheme colors, int width)
    {
        await using var host = await PortalHost.StartAsync();
        var pages = await FillAsync(host);
        await using var opened = await browser.OpenAsync(width: width, colors: colors, missing: true);
        var (page, faint) = (opened.Page, new List<string>());

        foreach (var path in pages)
        {
            await page.GotoAsync(host.Url + path);
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");

            faint.AddRange(await page.EvaluateAsync<string[]>(TooFaint));
            var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(wide <= width, $"{path} is {wide} pixels wide in a window of {width}.");
            Assert.Empty(await page.EvaluateAsync<string[]>(CutOff));
        }
        Assert.Empty(faint.Distinct());
    }

    [Fact]
    public async Task Every_tab_has_a_title_of_its_own_without_a_patient_in_it()
    {
        await using var host = await PortalHost.StartAsync();
        var pages = await FillAsync(host);
        await using var opened = await browser.OpenAsync(missing: true);
        var titles = new List<string>();

        foreach (var path in pages)
        {
            await opened.Page.GotoAsync(host.Url + path);
            titles.Add(await opened.Page.TitleAsync());
        }

        Assert.Equal(titles, titles.Distinct());
        Assert.All(titles, title => Assert.Matches(@"^[A-Za-z ]+([0-9a-f]{8})?(, [a-z]+)? – Gateway$", title));
    }

    /// <summary>Text that runs from right to left, or turns its surroundings round, stays within its own box.</summary>
    [Fact]
    public async Task What_peers_and_people_wrote_is_isolated_from_the_text_around_it()
    {
        await using var host = await PortalHost.StartAsync();
        var pages = await FillAsync(host);
        await using var opened = await browser.OpenAsync(missing: true);
        var shown = 0;

        foreach (var path in pages)
        {
            await opened.Page.GotoAsync(host.Url + path);
            var found = await opened.Page.EvaluateAsync<string[]>($$"""
                () => {
                  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), found = [];
                  while (texts.nextNode()) if (texts.currentNode.data.includes("{{Peer}}")) found.push(texts.currentNode.parentElement.closest("bdi") ? "" : texts.currentNode.parentElement.outerHTML);
                  return found;
                }
                """);
            Assert.All(found, where => Assert.Equal("", where));
            shown += found.Length;
        }
        Assert.InRange(shown, 15, 100);
    }

    /// <returns>The address of every kind of page there is.</returns>
    private static async Task<IReadOnlyList<string>> FillAsync(PortalHost host)
    {
        var study = await Sample.TranslatedAsync(host.Objects, HeadPictures.Create());
        (study.PatientId, study.AccessionNumber) = (Peer, Peer);
        foreach (var series in study.Series)
            (series.SeriesDescription, series.Modality) = (Peer + new string('x', 48), series.Origin == SeriesOrigin.Derived ? "CT" : Peer);
        study.Series[1].Verdicts.Add(new()
        {
            Id = Sample.NewId(), SeriesId = study.Series[1].Id, Kind = VerdictKind.Commented, At = Sample.Noon, By = Peer, Why = Peer,
        });
        var held = Sample.Study();
        var stopped = Sample.Series(held, SeriesState.Held);
        stopped.Reasons.Add(ReasonCode.HeadCutOff.Because("The picture's border cuts the head off. 1.31 times the archive's limit."));
        stopped.Releases.Add(
            new() { Id = Sample.NewId(), SeriesId = stopped.Id, Revision = 1, At = Sample.Noon, By = Peer, Why = Peer, Reasons = [] });
        var failed = Sample.Study();
        Sample.Series(failed, SeriesState.Failed);
        var association = Sample.Association(Peer);
        await host.AddAsync(
            study, held, failed, Sample.ImagingStudy(study), association,
            new AssociationStudy { AssociationId = association.Id, StudyId = study.Id },
            Sample.Failure(failed, Peer), Sample.Refusal(Peer, Peer),
            Sample.Delivery(study.Series[1].Instances[0], DeliveryState.Delivered),
            Sample.Delivery(study.Series[1].Instances[1], DeliveryState.Parked));
        var conflict = Sample.InConflict();
        await host.AddAsync(conflict);
        var away = Sample.Study();
        var waiting = Sample.Delivery(
            Sample.Instance(Sample.Series(away, SeriesState.Delivering, SeriesOrigin.Derived), "waits"), DeliveryState.Pending);
        (waiting.TriedAt, waiting.Error) = (Sample.Noon, Peer);
        await host.AddAsync(away, waiting);
        foreach (var state in Enum.GetValues<SeriesState>())
        {
            var other = Sample.Study(state: state == SeriesState.Receiving ? StudyState.Receiving : StudyState.Received);
            Sample.Series(other, state);
            await host.AddAsync(other);
        }
        var learning = await LearningSample.FillAsync(host, Peer);
        await host.AddAsync(DriftRows.Of(Peer));
        var (shadow, _) = await ShadowRows.AddAsync(host);
        return
        [
            .. learning.Paths, "drift", $"models/{shadow}/shadow", "", "?state=held", "?state=ineligible&studyInstanceUid=2.25.1",
            $"studies/{study.Id}", $"studies/{held.Id}", $"studies/{failed.Id}", $"studies/{away.Id}", $"studies/{conflict.Id}", "refusals",
            "failures", "associations", "studies/1.2.3",
        ];
    }
}
