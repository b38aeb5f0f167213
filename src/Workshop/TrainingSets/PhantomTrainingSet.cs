using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Workshop.LabelHeads;
using Gateway.Workshop.Pathology;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.TrainingSets;

/// <summary>Pairs of pictures for pre-training a model: they have the truth that unpaired real data lacks.</summary>
public static class PhantomTrainingSet
{
    /// <summary>z of the reference's level in the phantom, mm.</summary>
    private const float ReferenceLevel = 8;

    /// <summary>Writes one level of each head, 256x256, 8 bit, 1 mm, masked to the head: <c>paired/SEED.t2.png</c>, <c>.ct.png</c>,
    /// <c>.wide.png</c> (-1000 to 2000 HU), <c>.finding.png</c> (<see cref="FindingKind"/>), <c>.tissue.png</c> and the list of them.
    /// Two levels of three lie near the thalami, the others anywhere from the floor of the skull to the vertex.</summary>
    /// <param name="options">Which.</param>
    /// <param name="cancel">Between two heads.</param>
    public static void Write(PhantomSetOptions options, CancellationToken cancel = default)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Output, "paired")).FullName;
        var (pairs, tested) = (new List<ListedPair>(), Math.Max(1, options.Count / 10));
        for (var i = 0; i < options.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var split = i < options.Count - tested ? ListedPair.Train : ListedPair.Test;
            pairs.Add(Write(folder, options, options.FirstSeed + (ulong)i, split));
        }
        ListedPair.Save(options.Output, pairs);
    }

    /// <summary>A slice of a healthy head near the thalami.</summary>
    internal static PhantomSlice Slice(ulong seed)
    {
        var level = new PhantomRandom(PhantomRandom.Hash(seed ^ 0x1E7E1)).Uniform(-3, 20);
        return HeadPhantom.Sample(new PhantomOptions { Seed = seed }).RenderSlice(level);
    }

    private static ListedPair Write(string folder, PhantomSetOptions options, ulong seed, string split)
    {
        var random = new PhantomRandom(PhantomRandom.Hash(seed ^ 0x1E7E1));
        var level = random.Chance(0.67f) ? random.Uniform(-8, 30) : random.Uniform(-44, 62);
        var head = HeadPhantom.Sample(new PhantomOptions { Seed = seed });
        var healthy = head.RenderSlice(level);
        var illness = PhantomIllness.Draw(
            head, healthy, level, new() { Seed = seed, Chance = options.IllChance, Masks = options.Masks });
        var slice = illness.Findings.Count == 0
            ? healthy
            : head.Render(healthy.Plane, PhantomIllness.OverlayOf(illness, healthy, level));
        var side = slice.Plane.Width;
        Save("t2", slice.T2Picture());
        Save("ct", slice.CtPicture());
        Save("wide", slice.CtPicture(-1000, 2000));
        Save("finding", Codes(i => slice.Head[i] ? (byte)illness.KindAt(i % side, i / side, 0) : (byte)0));
        Save("tissue", Codes(i => (byte)TissueOf(slice, i)));
        return new()
        {
            Name = $"{seed}",
            Head = $"phantom-{seed}",
            Split = split,
            LevelMm = Math.Round(level - ReferenceLevel, 2),
            ThicknessMm = Math.Round(slice.Plane.Thickness, 2),
            Findings = [.. illness.Visible(0).Select(kind => kind.ToString())],
        };

        void Save(string kind, Image picture) => PngFile.WriteGrey(Path.Combine(folder, $"{seed}.{kind}.png"), picture);

        Image Codes(Func<int, byte> code) => new(side, side, [.. Enumerable.Range(0, side * side).Select(i => (float)code(i))]);
    }

    private static HeadTissue TissueOf(PhantomSlice slice, int pixel) => slice.Labels[pixel] switch
    {
        _ when !slice.Head[pixel] => HeadTissue.Outside,
        Tissue.Skin => HeadTissue.Skin,
        Tissue.Fat => HeadTissue.Fat,
        Tissue.Muscle => HeadTissue.Muscle,
        Tissue.CorticalBone => HeadTissue.CorticalBone,
        Tissue.Diploe => HeadTissue.Marrow,
        Tissue.Csf => HeadTissue.Csf,
        Tissue.GreyMatter => HeadTissue.Cortex,
        Tissue.WhiteMatter => HeadTissue.WhiteMatter,
        Tissue.DeepGrey => HeadTissue.Striatum,
        Tissue.Pallidum => HeadTissue.Pallidum,
        Tissue.Dura or Tissue.Calcification => HeadTissue.Dura,
        Tissue.Blood => HeadTissue.Vein,
        Tissue.Vitreous => HeadTissue.Vitreous,
        Tissue.Lens => HeadTissue.Lens,
        _ => HeadTissue.Air,
    };
}
