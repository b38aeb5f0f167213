using System.CommandLine;
using System.Globalization;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.TranslationWorker;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Cli;

/// <summary><c>gateway models</c>: the registry. Translators that run follow it within seconds.</summary>
internal static class ModelsVerb
{
    private static readonly Argument<string> Digest = new(
        "digest")
    { Description = "The model's digest, or its first digits, at least 6." };
    private static readonly Argument<string> Direction = new("direction") { Description = "Such as t2-ct." };
    private static readonly Argument<FileInfo> File = new("file") { Description = "An ONNX file with a generator's metadata." };
    private static readonly Option<bool> End = new("--end") { Description = "End it." };
    private static readonly Option<bool> Card = new("--card") { Description = "Print its card, Markdown." };
    private static readonly Option<FileInfo?> Out = new(
        "--out")
    { Description = "The file to write (default: direction, version and digest)." };
    private static readonly Option<string> By = new("--by")
    {
        Description = "Who does it (default: the user's name).",
        DefaultValueFactory = _ => Environment.UserName,
    };
    private static readonly Option<string> Why = new("--why") { Description = "Why; kept with the act.", Required = true };
    private static readonly Option<string[]> Set = new("--set") { Description = "A setting, Section:Key=value (repeatable)." };

    private static readonly Symbol[] Common = [Set, CommonOptions.Data, CommonOptions.Json];
    private static readonly Symbol[] Signed = [By, Why, .. Common];

    public static Command Create() => new("models", "The registry of models: which one translates, and who made it so.")
    {
        Verb.Create("list", "All models, the champion of each direction first.", Common, ListAsync),
        Verb.Create("show", "One model: where it comes from and what was done to it.", [Digest, Card, .. Common], ShowAsync),
        Verb.Create("activate", "Make a model the champion of its direction.", [Digest, .. Signed], (parsed, cancel) =>
            ActAsync(parsed, (acts, digest, by, why) => acts.ActivateAsync(digest, by, why, cancel: cancel), cancel)),
        Verb.Create("rollback", "Activate the champion before.", [Direction, .. Signed], RollBackAsync),
        Verb.Create("reject", "Say no to a model for good.", [Digest, .. Signed], (parsed, cancel) =>
            ActAsync(parsed, (acts, digest, by, why) => acts.RejectAsync(digest, by, why, cancel), cancel)),
        Verb.Create(
            "shadow", "Let a model translate live studies beside the champion; nothing of it leaves the house.", [Digest, End, .. Signed],
            (parsed, cancel) =>
            ActAsync(
                parsed, (acts, digest, by, why) => parsed.GetValue(End)
                    ? acts.EndShadowAsync(digest, by, why, cancel) : acts.BeginShadowAsync(digest, by, why, cancel), cancel)),
        Verb.Create("import", "Take a file into the registry as a candidate.", [File, .. Signed], ImportAsync),
        Verb.Create("export", "Write a model's file, and its card beside it.", [Digest, Out, .. Common], ExportAsync),
    };

    private static async Task<int> ListAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = Build(parsed);
        await using var db = await OpenAsync(app, cancel);
        var models = (await db.Models.AsNoTracking().ToListAsync(cancel))
            .OrderBy(m => m.Direction, StringComparer.Ordinal).ThenByDescending(m => m.State == ModelState.Champion)
            .ThenByDescending(m => m.CreatedAt).ToList();
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(new { items = models.Select(ModelJson.Of) });
        else
            foreach (var m in models)
                Console.WriteLine($"{m.Direction} {Kebab.Of(m.State.ToString()),-9} {m.Digest[..12]} {m.Name} {m.Version}");
        return ExitCode.Done;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = Build(parsed);
        await using var db = await OpenAsync(app, cancel);
        var model = await FindAsync(db, parsed.GetValue(Digest)!, cancel);
        if (parsed.GetValue(Card))
        {
            Console.Write(await ModelCard.ReadAsync(db, app.Services.GetRequiredService<IObjectStore>(), model.Digest, cancel));
            return ExitCode.Done;
        }
        var acts = await db.ModelActs.AsNoTracking().Where(act => act.Digest == model.Digest).OrderBy(act => act.At).ThenBy(act => act.Id)
            .ToListAsync(cancel);
        var series = await db.Series.CountAsync(s => s.ModelDigest == model.Digest, cancel);
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonLine.Write(
                new
                {
                    model = ModelJson.Of(model),
                    series,
                    acts = acts.Select(
                    act => new { act.At, kind = Kebab.Of(act.Kind.ToString()), act.By, act.Why })
                });
            return ExitCode.Done;
        }
        Console.WriteLine($"{model.Name} {model.Version}, {model.Direction}, {Kebab.Of(model.State.ToString())}\ndigest {model.Digest}");
        Console.WriteLine(
            $"parent {model.ParentDigest ?? "none"}, manifest {model.ManifestDigest ?? "none"}, job {model.JobId?.ToString() ?? "none"}, {series} series");
        foreach (var act in acts)
            Console.WriteLine(
                $"{act.At.ToString("u", CultureInfo.InvariantCulture)} {Kebab.Of(act.Kind.ToString())} by {act.By}: {act.Why}");
        return ExitCode.Done;
    }

    private static async Task<int> ActAsync(
        ParseResult parsed, Func<ModelActivation, string, string, string, Task<ModelActResult>> act, CancellationToken cancel)
    {
        await using var app = Build(parsed);
        await using var db = await OpenAsync(app, cancel);
        var model = await FindAsync(db, parsed.GetValue(Digest)!, cancel);
        var (by, why) = Signature(parsed);
        return Report(parsed, model.Digest, await act(app.Services.GetRequiredService<ModelActivation>(), model.Digest, by, why));
    }

    private static async Task<int> RollBackAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = Build(parsed);
        await using var db = await OpenAsync(app, cancel);
        var (direction, (by, why)) = (parsed.GetValue(Direction)!, Signature(parsed));
        var result = await app.Services.GetRequiredService<ModelActivation>().RollBackAsync(direction, by, why, cancel: cancel);
        return Report(parsed, (await db.ChampionAsync(direction, cancel))?.Digest, result);
    }

    private static async Task<int> ImportAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = Build(parsed);
        await using var db = await OpenAsync(app, cancel);
        var (file, (by, why)) = (parsed.GetValue(File)!, Signature(parsed));
        var (result, facts) = await app.Services.GetRequiredService<ShippedModels>().ImportAsync(
            await System.IO.File.ReadAllBytesAsync(file.FullName, cancel), null, file.FullName, by, why, asFirst: false, cancel);
        return Report(parsed, facts.Digest, result);
    }

    private static async Task<int> ExportAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = Build(parsed);
        await using var db = await OpenAsync(app, cancel);
        var model = await FindAsync(db, parsed.GetValue(Digest)!, cancel);
        var path = parsed.GetValue(Out)?.FullName ?? Path.GetFullPath($"{model.Direction}-{model.Digest[..12]}.onnx");
        var objects = app.Services.GetRequiredService<IObjectStore>();
        await using (var source = objects.OpenRead(model.Digest))
        await using (var target = new FileStream(path, FileMode.CreateNew))
            await source.CopyToAsync(target, cancel);
        var card = Path.ChangeExtension(path, ".card.md");
        await System.IO.File.WriteAllTextAsync(card, await ModelCard.ReadAsync(db, objects, model.Digest, cancel), cancel);
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(new { model.Digest, file = path, card });
        else
            Console.WriteLine($"{path}\n{card}");
        return ExitCode.Done;
    }

    private static int Report(ParseResult parsed, string? digest, ModelActResult result)
    {
        if (parsed.GetValue(CommonOptions.Json))
            JsonLine.Write(new { digest, result = Kebab.Of(result.ToString()) });
        else
            Console.WriteLine($"{digest}: {Words(result)}");
        return result is ModelActResult.Done or ModelActResult.Already ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Words(ModelActResult result) => result switch
    {
        ModelActResult.Done => "done.",
        ModelActResult.Already => "it is that already.",
        ModelActResult.WasRejected => "it was rejected.",
        ModelActResult.IsChampion => "it is the champion; activate another one first.",
        ModelActResult.Overtaken => "another model became the champion meanwhile.",
        ModelActResult.NoneBefore => "there is no champion before it.",
        _ => "there is no such model.",
    };

    private static (string By, string Why) Signature(ParseResult parsed) =>
        (VerbText.Line(parsed.GetValue(By)!, ModelAct.LongestBy, "--by"), VerbText.Line(
            parsed.GetValue(Why)!, ModelAct.LongestWhy, "--why"));

    private static async Task<Model> FindAsync(GatewayDbContext db, string digits, CancellationToken cancel)
    {
        if (digits.Length < 6)
            throw new VerbException("A digest's first digits: at least 6.", ExitCode.Usage);
        var found = await db.Models.AsNoTracking().Where(m => m.Digest.StartsWith(digits)).Take(2).ToListAsync(cancel);
        return found.Count == 1 ? found[0]
            : throw new VerbException(found.Count == 0 ? "There is no such model." : "More than one model begins so.");
    }

    private static Task<GatewayDbContext> OpenAsync(WebApplication app, CancellationToken cancel) =>
        app.Services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(cancel);

    private static WebApplication Build(ParseResult parsed) => GatewayHost.Build(new HostRequest
    {
        Data = parsed.GetValue(CommonOptions.Data)!.FullName,
        Settings = RunVerb.Settings(
            [.. parsed.GetValue(Set) ?? [], "Logging:LogLevel:Default=None", "Logging:LogLevel:Microsoft.EntityFrameworkCore=None"]),
    });

    private sealed record ModelJson(
        string Digest, string Direction, string Name, string Version, string State, string? ParentDigest, string? ManifestDigest,
        Guid? JobId, DateTimeOffset CreatedAt)
    {
        public static ModelJson Of(Model m) =>
            new(m.Digest, m.Direction, m.Name, m.Version, Kebab.Of(m.State.ToString()), m.ParentDigest, m.ManifestDigest,
                m.JobId, m.CreatedAt);
    }
}
