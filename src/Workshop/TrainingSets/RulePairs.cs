using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Workshop.LabelHeads;
using Gateway.Workshop.Pathology;
using Gateway.Workshop.Phantom;

namespace Gateway.Workshop.TrainingSets;

/// <summary>Writes real T2 slices with the CT that rules make of them; each once as it is, and once with an illness drawn into
/// both.</summary>
/// <param name="folder">Receives paired/ and pairs.json.</param>
/// <param name="options">What is drawn.</param>
internal sealed class RulePairs(string folder, TrainingSetOptions options)
{
    /// <summary>Smaller sections of the brain, near the vertex, are not drawn into.</summary>
    private const int LeastBrainMm2 = 4000;

    private readonly List<ListedPair> _pairs = [];

    /// <param name="key">Name of the pair.</param>
    /// <param name="subject">Whose it is.</param>
    /// <param name="t2">Prepared, [-1, 1].</param>
    /// <param name="level">Above the reference's level, mm.</param>
    public void Add(string key, string subject, Image t2, double level)
    {
        var slice = PseudoCt.Of(t2);
        if (slice.Brain.Area == 0)
            return;
        var anatomy = PseudoIllness.AnatomyOf(slice, (float)level);
        Write(key, subject, slice, anatomy, new() { Findings = [] });
        if (!options.DrawIllnesses || slice.Brain.Area < LeastBrainMm2)
            return;
        var illness = Illness.Draw(anatomy, new()
        {
            Seed = key.Aggregate(0UL, (hash, letter) => PhantomRandom.Hash(hash ^ letter)),
            Chance = 1,
            VariantChance = 0.3f,
            Levels = ((float)level - 1, (float)level + 1),
            Masks = options.Lesions,
        });
        if (illness.Findings.Count == 0)
            return;
        var moved = illness.MassEffect is { } effect ? anatomy.Moved(effect) : anatomy;
        Write($"{key}-ill", subject, PseudoIllness.Lay(slice, illness), moved, illness);
    }

    /// <summary>Writes the list of what was added.</summary>
    public void Save()
    {
        if (_pairs.Count > 0)
            ListedPair.Save(folder, _pairs);
    }

    private void Write(string name, string subject, PseudoSlice slice, Anatomy anatomy, Illness illness)
    {
        var side = slice.Grey.Width;
        Save("t2", slice.Grey.Map(v => v * 255));
        Save("ct", slice.Ct(options.Window.Low, options.Window.High).Map(v => (v + 1) * 127.5f));
        Save("wide", slice.Ct(-1000, 2000).Map(v => (v + 1) * 127.5f));
        Save("finding", Codes(i => (byte)illness.KindAt(i % side, i / side, 0)));
        Save("tissue", Codes(i => (byte)TissueOf(anatomy.Voxels[i])));
        _pairs.Add(new()
        {
            Name = name,
            Head = subject,
            Split = ListedPair.Train,
            LevelMm = Math.Round(anatomy.Origin.Z, 2),
            Findings = [.. illness.Visible(0).Select(kind => kind.ToString())],
        });

        void Save(string kind, Image picture) => PngFile.WriteGrey(Path.Combine(folder, "paired", $"{name}.{kind}.png"), picture);

        Image Codes(Func<int, byte> code) =>
            new(side, slice.Grey.Height, [.. Enumerable.Range(0, slice.Grey.Pixels.Length).Select(i => (float)code(i))]);
    }

    private static HeadTissue TissueOf(Place place) => place switch
    {
        Place.Outside => HeadTissue.Outside,
        Place.Bone => HeadTissue.CorticalBone,
        Place.SurfaceCsf => HeadTissue.Csf,
        Place.Ventricle => HeadTissue.Ventricle,
        Place.Cortex => HeadTissue.Cortex,
        Place.White => HeadTissue.WhiteMatter,
        Place.DeepGrey => HeadTissue.Striatum,
        Place.Pallidum => HeadTissue.Pallidum,
        _ => HeadTissue.Muscle,
    };
}
