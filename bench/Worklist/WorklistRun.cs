using System.Diagnostics;
using System.Text.Json.Nodes;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Portal;
using Gateway.Testing;

namespace Gateway.Worklist;

/// <summary>A portal of this process over a database of its own, asked over HTTP by one client, one request after the other.</summary>
internal sealed class WorklistRun(DatabaseProvider provider, int studies)
{
    private const int WarmUp = 10;

    public async Task<Measured> RunAsync(int requests, CancellationToken cancel)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using (var db = database.Open())
            await ManyStudies.AddAsync(db, studies);
        await using var app = await StartAsync(database);
        using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        var lists = await ListsAsync(client, cancel);
        foreach (var asked in lists)
            for (var i = -WarmUp; i < requests; i++)
            {
                var watch = Stopwatch.StartNew();
                await client.GetStringAsync(new Uri(asked.Path, UriKind.Relative), cancel);
                if (i >= 0)
                    asked.Add(watch.Elapsed);
            }
        lists.Add(await PollAsync(client, requests, cancel));
        return new(provider, studies, lists);
    }

    private async Task<WebApplication> StartAsync(TestDatabase database)
    {
        var builder = WebApplication.CreateSlimBuilder(
        [
            "--urls", "http://127.0.0.1:0", "--data", database.Data.Root,
            "--Database:Provider", $"{provider}", "--Database:ConnectionString", database.Options.ConnectionString!,
        ]);
        builder.Logging.ClearProviders();
        builder.Services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section);
        builder.AddPortal();
        var app = builder.Build();
        app.MapPortal();
        await app.StartAsync();
        return app;
    }

    private async Task<List<Asked>> ListsAsync(HttpClient client, CancellationToken cancel)
    {
        const string api = "api/studies";
        var (uid, absent) = ($"studyInstanceUid={ManyStudies.Uid(studies / 2)}", "studyInstanceUid=2.25.0");
        var lists = new List<Asked>
        {
            new("any", api), new("any, 200 rows", $"{api}?limit=200"), new("UID", $"{api}?{uid}"),
            new("UID that is not there", $"{api}?{absent}"),
            new("any, deep in", $"{api}?cursor={new Cursor(ManyStudies.At(studies / 2), Guid.Empty)}"),
        };
        foreach (var word in StudyFilter.Words)
        {
            lists.Add(new(word, $"{api}?state={word}"));
            lists.Add(new($"{word}, deep in", $"{api}?state={word}&cursor={new Cursor(ManyStudies.At(studies / 2), Guid.Empty)}"));
            lists.Add(new($"{word} and UID", $"{api}?state={word}&{uid}"));
            if (JsonNode.Parse(await client.GetStringAsync(new Uri($"{api}?state={word}", UriKind.Relative), cancel))!["items"]!
                .AsArray().Count == 0)
                throw new InvalidOperationException($"No study is {word}.");
        }
        lists.Add(new("page, any", "/"));
        lists.Add(new("page, held", "/?state=held"));
        return lists;
    }

    /// <summary>An open page that asks again when nothing has changed.</summary>
    private static async Task<Asked> PollAsync(HttpClient client, int requests, CancellationToken cancel)
    {
        var asked = new Asked("page, nothing changed", "/");
        using var first = await client.GetAsync(new Uri(asked.Path, UriKind.Relative), cancel);
        for (var i = 0; i < requests; i++)
        {
            using var again = new HttpRequestMessage(HttpMethod.Get, asked.Path);
            again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            var watch = Stopwatch.StartNew();
            using var answer = await client.SendAsync(again, cancel);
            asked.Add(watch.Elapsed);
            if (answer.StatusCode != System.Net.HttpStatusCode.NotModified)
                throw new InvalidOperationException($"{answer.StatusCode} although nothing changed.");
        }
        return asked;
    }
}
