using System.CommandLine;
using Gateway.Hosting;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Cli;

/// <summary><c>gateway archive manifest</c>: what a training run would learn from now, or what one that is named has learned
/// from.</summary>
internal static class ArchiveManifestVerb
{
    private static readonly Argument<string?> Digest = new("digest")
    {
        Description = "A manifest that was made, by its digest or the beginning of it; without it, one is made of what the archive holds now.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string> Pair = new("--pair")
    {
        Description = "First direction of the pair that it is for.",
        DefaultValueFactory = _ => ShippedModalities.Table.Directions.First().Name,
    };

    public static Command Create() => Verb.Create(
        "manifest", "Write down what a training run learns from, or show what one has learned from.",
        [Digest, Pair, ArchiveVerb.Set, CommonOptions.Data, CommonOptions.Json], RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = ArchiveVerb.Build(parsed);
        var objects = app.Services.GetRequiredService<IObjectStore>();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<GatewayDbContext>>().CreateDbContextAsync(cancel);
        var manifest = parsed.GetValue(Digest) is { } beginning
            ? await FindAsync(db, beginning, cancel)
            : await app.Services.GetRequiredService<ManifestBuilder>().MakeAsync(Asked(parsed), cancel);
        await using var json = objects.OpenRead(manifest.Digest);
        var document = await ManifestDocument.ReadAsync(json, cancel);
        var gone = 0;
        foreach (var sample in document.Samples)
            gone += await objects.ExistsAsync(sample.Sha256, cancel) ? 0 : 1;
        var models = await db.Models.Where(m => m.ManifestDigest == manifest.Digest).Select(m => m.Digest).ToListAsync(cancel);
        Show(parsed, manifest, document, gone, models);
        return ExitCode.Done;
    }

    private static string Asked(ParseResult parsed)
    {
        var pair = parsed.GetValue(Pair)!;
        return ShippedModalities.Table.Directions.Any(direction => direction.Name == pair) ? pair
            : throw new VerbException(
                $"--pair: {pair} is not one of {string.Join(", ", ShippedModalities.Table.Directions)}.", ExitCode.Usage);
    }

    private static async Task<Manifest> FindAsync(GatewayDbContext db, string beginning, CancellationToken cancel)
    {
        var found = await db.Manifests.AsNoTracking().Where(m => m.Digest.StartsWith(beginning)).Take(2).ToListAsync(cancel);
        return found.Count == 1 ? found[0]
            : throw new VerbException(
                found.Count == 0 ? $"There is no manifest {beginning}." : $"{beginning} is the beginning of several manifests.");
    }

    private static void Show(ParseResult parsed, Manifest manifest, ManifestDocument document, int gone, List<string> models)
    {
        var counts = document.Counts.Select(c => new
        {
            c.Modality,
            split = Kebab.Of(c.Split.ToString()),
            vendor = Kebab.Of(c.Vendor.ToString()),
            c.CallingAe,
            c.Samples,
            c.Subjects,
        }).ToList();
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonLine.Write(
                new
                {
                    manifest.Digest,
                    manifest.Pair,
                    manifest.CreatedAt,
                    samples = document.Samples.Count,
                    document.Subjects,
                    gone,
                    counts,
                    models
                });
            return;
        }
        foreach (var one in counts)
            Console.WriteLine($"{one.Modality} {one.split} {one.vendor} {one.CallingAe}: {one.Samples} of {one.Subjects} patients");
        Console.WriteLine(
            $"{manifest.Digest} {manifest.Pair}: {document.Samples.Count} samples of {document.Subjects} patients, {gone} of them not in the archive any more; {models.Count} models.");
    }
}
