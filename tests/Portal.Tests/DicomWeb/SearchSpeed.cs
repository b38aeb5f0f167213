using System.Diagnostics;

using Microsoft.EntityFrameworkCore;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

/// <summary>How long searches take among 10,000 studies. It asserts nothing, since machines differ. Run the test assembly with
/// <c>-class '*SearchSpeed' -explicit only -showliveoutput</c>.</summary>
public sealed class SearchSpeed(ITestOutputHelper output)
{
    private const int Studies = 10_000;
    private const int Batch = 500;
    private const int Rounds = 100;

    private static readonly string[] Queries =
    [
        "studies?limit=101&offset=0&fuzzymatching=false&includefield=00081030,00080060,00080090,00100030",
        "studies?limit=25",
        "studies?limit=25&offset=5000",
        "studies?PatientID=P{0}",
        "studies?PatientName=Patient^{0}",
        "studies?PatientName=*{0}*&limit=25",
        "studies?StudyDate=20250101-20250131&limit=25",
        "studies?ModalitiesInStudy=CT&limit=25",
        "studies?StudyInstanceUID=2.25.{0}",
        "studies/2.25.{0}/series",
        "studies/2.25.{0}/instances",
    ];

    [Theory(Explicit = true), EachDatabase]
    public async Task Searches_among_ten_thousand_studies(DatabaseProvider provider)
    {
        await using var host = await PortalHost.StartAsync(provider);
        await FillAsync(host);
        foreach (var query in Queries)
        {
            var times = new List<double>();
            for (var round = -5; round < Rounds; round++)
            {
                var path = string.Format(null, query, 1 + ((round + 5) * 97 % Studies));
                var start = Stopwatch.GetTimestamp();
                using var answer = await host.Client.GetAsync(
                    new Uri("dicomweb/" + path, UriKind.Relative), TestContext.Current.CancellationToken);
                await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
                if (round >= 0)
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            times.Sort();
            output.WriteLine($"{provider} median {times[Rounds / 2]:0.0} ms, 95 % {times[Rounds * 95 / 100]:0.0} ms: {query}");
        }
    }

    private static async Task FillAsync(PortalHost host)
    {
        for (var first = 1; first <= Studies; first += Batch)
            await host.AddAsync(await Task.WhenAll(Enumerable.Range(first, Batch).Select(number => StudyAsync(host, number))));
        await using var db = host.Database.Open();
        await db.Database.ExecuteSqlRawAsync("ANALYZE", TestContext.Current.CancellationToken);
    }

    /// <summary>A patient a study; two series of one image each.</summary>
    private static async Task<Study> StudyAsync(PortalHost host, int number)
    {
        var date = new DateTime(2024, 1, 1).AddHours(number);
        var study = new Study
        {
            Id = Sample.NewId(), StudyInstanceUid = $"2.25.{number}", State = StudyState.Received,
            FirstReceivedAt = Sample.Noon.AddMinutes(number), PatientId = $"P{number}", StudyDate = $"{date:yyyyMMdd}",
            StudyTime = "120000",
        };
        WebSample.AddPatient(study, new($"P{number}", "", $"Patient^{number}", "19700101", "F"));
        var source = Sample.Series(study, SeriesState.Translated);
        if (number % 3 > 0)
            Sample.Series(study, SeriesState.Delivered, SeriesOrigin.Derived, source);
        foreach (var one in study.Series)
            await WebSample.AddAsync(host.Objects, one, WebSample.Dataset(study, one, 1));
        return study;
    }
}
