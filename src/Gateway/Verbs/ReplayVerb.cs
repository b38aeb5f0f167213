using System.CommandLine;
using System.Data.Common;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Cli;

/// <summary><c>gateway replay</c>: work that was given up on is done again from where it stopped, by the processes that run.</summary>
internal static class ReplayVerb
{
    private static readonly Option<Guid?> FailureId = new("--failure") { Description = "One failure, by its id." };
    private static readonly Option<string?> Study = new(
        "--study")
    { Description = "Failures of one study: the gateway's id or the Study Instance UID." };
    private static readonly Option<string?> Stage = new(
        "--stage")
    { Description = "Failures of one message, e.g. TranslateSeries or DeliverSeries." };
    private static readonly Option<DateTimeOffset?> From = new("--from") { Description = "Failures at this time or later." };
    private static readonly Option<DateTimeOffset?> To = new("--to") { Description = "Failures before this time." };
    private static readonly Option<string?> Destination = new(
        "--destination")
    { Description = "Failures of deliveries to one destination." };

    private static readonly Option<string?> SendTo = new(
        "--send-to")
    { Description = "No failures: what waits for --destination is sent to this one instead." };

    private static readonly Option<string?> MadeBy = new(
        "--made-by")
    { Description = "No failures: translate anew, with the champion, what this model made (its digest)." };

    private static readonly Option<string> By = new("--by")
    {
        Description = "Who wants it (default: the user's name).",
        DefaultValueFactory = _ => Environment.UserName,
    };
    private static readonly Option<string> Why = new("--why") { Description = "Why; kept with the replay.", Required = true };
    private static readonly Option<string[]> Set = new("--set") { Description = "A setting, Section:Key=value (repeatable)." };

    public static Command Create() => Verb.Create(
        "replay", "Do work again that was given up on, from where it stopped; or what a model made, with the champion.",
        [FailureId, Study, Stage, From, To, Destination, SendTo, MadeBy, By, Why, Set, CommonOptions.Data, CommonOptions.Json], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = GatewayHost.Build(new HostRequest
        {
            Data = parsed.GetValue(CommonOptions.Data)!.FullName,
            Settings = RunVerb.Settings(
                [.. parsed.GetValue(Set) ?? [], "Logging:LogLevel:Default=None", "Logging:LogLevel:Microsoft.EntityFrameworkCore=None"]),
        });
        try
        {
            var (by, why) = (VerbText.Line(parsed.GetValue(By)!, Replay.LongestBy, "--by"), VerbText.Line(
                parsed.GetValue(Why)!, Replay.LongestWhy, "--why"));
            if (parsed.GetValue(MadeBy) is { } madeBy)
                return await MakeAnewAsync(parsed, madeBy, by, why, app.Services, cancel);
            if (parsed.GetValue(SendTo) is { } sendTo)
                return await RedirectAsync(parsed, sendTo, by, why, app.Services, cancel);
            var filter = await FilterAsync(parsed, app.Services, cancel);
            var done = await app.Services.GetRequiredService<WorkReplays>().ReplayAsync(filter, by, why, cancel);
            Report(done, parsed.GetValue(CommonOptions.Json));
            return done.Count > 0 && done.All(one => one.Result == ReplayResult.Replayed) ? ExitCode.Done : ExitCode.Failed;
        }
        catch (DbException e)
        {
            throw new VerbException($"The database cannot be used: {e.Message}", ExitCode.ServerMissing);
        }
    }

    private static async Task<int> RedirectAsync(
        ParseResult parsed, string to, string by, string why, IServiceProvider services, CancellationToken cancel)
    {
        var from = parsed.GetValue(Destination)
            ?? throw new VerbException("Say with --destination for whom it waits.", ExitCode.Usage);
        var series = await services.GetRequiredService<DeliveryRedirects>().RedirectAsync(from, to, by, why, cancel);
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(new { series });
        else
            Console.WriteLine($"{series} series that waited for {from} go to {to}.");
        return series > 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<ReplayFilter> FilterAsync(ParseResult parsed, IServiceProvider services, CancellationToken cancel)
    {
        var filter = new ReplayFilter
        {
            Failure = parsed.GetValue(FailureId),
            Study = parsed.GetValue(Study) is { } study ? await StudyAsync(study, services, cancel) : null,
            Stage = parsed.GetValue(Stage),
            From = parsed.GetValue(From),
            To = parsed.GetValue(To),
            Destination = parsed.GetValue(Destination),
        };
        return filter.IsEmpty
            ? throw new VerbException("Say which: --failure, --study, --stage, --from, --to or --destination.", ExitCode.Usage)
            : filter;
    }

    private static async Task<Guid> StudyAsync(string key, IServiceProvider services, CancellationToken cancel)
    {
        if (Guid.TryParseExact(key, "D", out var id))
            return id;
        await using var db = await services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(cancel);
        return await db.Studies.Where(s => s.StudyInstanceUid == key).Select(s => (Guid?)s.Id).SingleOrDefaultAsync(cancel)
            ?? throw new VerbException("There is no such study.");
    }

    private static async Task<int> MakeAnewAsync(
        ParseResult parsed, string madeBy, string by, string why, IServiceProvider services, CancellationToken cancel)
    {
        if (new ReplayFilter
        {
            Failure = parsed.GetValue(FailureId),
            Stage = parsed.GetValue(Stage),
            From = parsed.GetValue(From),
            To = parsed.GetValue(To),
            Destination = parsed.GetValue(Destination),
        } is { IsEmpty: false }
            || parsed.GetValue(Study) is not null)
            throw new VerbException(
                "--made-by is about series, not about failures: it goes with none of the other filters.", ExitCode.Usage);
        var done = await services.GetRequiredService<ModelReplays>().ReplayAsync(madeBy, by, why, cancel);
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(
                new { result = Kebab.Of(done.Result.ToString()), done.Champion, replayed = done.Series.Count, done.WentOn, done.Series });
        else
            Console.WriteLine(done.Result switch
            {
                ModelReplayResult.Replayed =>
                    $"{done.Series.Count} series are translated anew by {done.Champion}; {done.WentOn} went on without it.",
                ModelReplayResult.IsChampion => "That model is the champion: it would make the same series.",
                ModelReplayResult.NoChampion => "The direction has no champion.",
                _ => "No series that counts was made by it.",
            });
        return done.Result == ModelReplayResult.Replayed ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Report(IReadOnlyList<ReplayedFailure> done, bool json)
    {
        var replayed = done.Count(one => one.Result == ReplayResult.Replayed);
        if (json)
        {
            JsonLine.Write(
                new
                {
                    replayed,
                    items = done.Select(
                    one => new { failure = one.FailureId, one.Stage, one.SeriesId, result = Kebab.Of(one.Result.ToString()) })
                });
            return;
        }
        foreach (var one in done)
            Console.WriteLine($"{one.FailureId} {one.Stage}: {Kebab.Of(one.Result.ToString())}");
        Console.WriteLine($"{replayed} of {done.Count} replayed.");
    }
}
