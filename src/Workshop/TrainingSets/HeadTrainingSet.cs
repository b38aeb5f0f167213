using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Workshop.LabelHeads;
using Gateway.Workshop.Pathology;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.TrainingSets;

/// <summary>
/// Pairs of pictures painted from label maps of whole heads, with truth at every pixel and at every level. A head lies in a new pose, size,
/// shape and look every few slices; of each such variant one slice is registered to the T2 reference, and its map and grey range
/// serve all its other slices, as they do where the gateway translates all slices of a series. The same seed gives the same bytes.
/// </summary>
public sealed class HeadTrainingSet(HeadSetOptions options)
{
    private const int SlicesOfVariant = 8;
    private const int MostRefused = 20;

    /// <summary>Above and below everything that holds brain or skull base, mm from the reference's level.</summary>
    private const float Lowest = -72, Highest = 74;
    private const float NearMm = 15;
    private const float LeastHeadMm2 = 4000;
    private static readonly GreyRange Wide = new(-1000, 2000);

    /// <summary>Paints all pairs; files of the same name are replaced.</summary>
    /// <param name="progress">Told pairs done and pairs in all; by several threads.</param>
    /// <param name="cancellation">Stops between two pairs.</param>
    /// <exception cref="InvalidDataException">A label map cannot be read, or is of no head.</exception>
    public IReadOnlyList<ListedPair> Write(Action<int, int> progress, CancellationToken cancellation = default)
    {
        string[] files = [.. Directory.GetFiles(options.Heads, "*.nii*").Order(StringComparer.Ordinal)];
        var tested = files.Length / 5;
        var all = ((files.Length - tested) * options.Pairs) + (tested * options.TestPairs);
        Directory.CreateDirectory(Path.Combine(options.Output, "paired"));
        var (done, pairs) = (0, new List<ListedPair>[files.Length]);
        Parallel.For(0, files.Length, new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation }, index =>
        {
            var head = LabelHead.Load(files[index]);
            var (split, wanted) = index < files.Length - tested ? (ListedPair.Train, options.Pairs) : (ListedPair.Test, options.TestPairs);
            pairs[index] = [];
            foreach (var pair in Pairs(head, split).Take(wanted))
            {
                cancellation.ThrowIfCancellationRequested();
                pairs[index].Add(pair);
                progress(Interlocked.Increment(ref done), all);
            }
        });
        IReadOnlyList<ListedPair> list = [.. pairs.SelectMany(of => of)];
        ListedPair.Save(options.Output, list);
        return list;
    }

    /// <summary>Endless.</summary>
    private IEnumerable<ListedPair> Pairs(LabelHead head, string split)
    {
        var (frame, refused, anatomy) = (new HeadFrame(head), 0, options.Ill > 0 ? HeadIllness.AnatomyOf(head) : null);
        for (var seed = options.FirstSeed; ; seed++)
        {
            var random = new PhantomRandom(PhantomRandom.Hash(seed) ^ Key(head.Name));
            var variant = new HeadVariant(head, frame, random, options.Reference, options.Window, Findings(anatomy, random.Next()));
            refused = variant.IsRegistered ? 0 : refused + 1;
            if (refused > MostRefused)
                throw new InvalidDataException($"{head.Name}: its slices cannot be registered to the reference.");
            for (var slice = 0; variant.IsRegistered && slice < SlicesOfVariant; slice++)
            {
                var level = Level(variant, random);
                if (Write(variant, $"{head.Name}-{seed}-{slice}", level) is { } findings)
                    yield return new()
                    {
                        Name = $"{head.Name}-{seed}-{slice}",
                        Head = head.Name,
                        Split = split,
                        LevelMm = Math.Round(level - variant.Level, 2),
                        ThicknessMm = Math.Round(variant.Thickness, 2),
                        Findings = findings,
                    };
            }
        }
    }

    private IReadOnlyList<Finding> Findings(Anatomy? anatomy, ulong seed) => anatomy is null
        ? []
        : HeadIllness.Draw(
            anatomy, new() { Seed = seed, Chance = options.Ill, VariantChance = 0.4f * options.Ill, Masks = options.Lesions });

    /// <summary>Every other level is one that shows a finding, if there is any; half of the others lie near the reference's.</summary>
    private static float Level(HeadVariant variant, PhantomRandom random)
    {
        var (where, near) = (random.Uniform(0, 1), random.Chance(0.5f));
        var level = near ? random.Uniform(-NearMm, NearMm) : random.Uniform(Lowest, Highest);
        return where < 0.5f ? level : Math.Clamp(variant.LevelOfFinding(random) ?? level, Lowest, Highest);
    }

    /// <returns>The findings seen; null where nothing was written, because the level holds no whole head.</returns>
    private IReadOnlyList<string>? Write(HeadVariant variant, string name, float level)
    {
        var slice = variant.Paint(level);
        if (slice.IsCutOff || slice.Head.Area < LeastHeadMm2 || variant.Place(slice) is not { } placed)
            return null;
        Save("t2", placed.T2);
        Save("ct", placed.Ct(options.Window));
        Save("wide", placed.Ct(Wide));
        var findings = placed.Codes(slice.Findings);
        Save("finding", findings);
        Save("tissue", placed.Codes([.. slice.Tissues.Select(tissue => (byte)tissue)]));
        return variant.Kinds(findings);

        void Save(string kind, Image picture) =>
            PngFile.WriteGrey(Path.Combine(options.Output, "paired", $"{name}.{kind}.png"), picture);
    }

    private static ulong Key(string name) => name.Aggregate(0UL, (key, letter) => PhantomRandom.Hash(key ^ letter));
}
