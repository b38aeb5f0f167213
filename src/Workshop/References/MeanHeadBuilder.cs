using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.LabelHeads;

namespace Gateway.Workshop.References;

/// <summary>
/// Means of painted label-map heads, one for each modality on one grid, so that the level is the same in all. Heads are averaged as they
/// lie, registered to that mean by the first modality, averaged again, and so on; left and right are averaged together.
/// </summary>
public static class MeanHeadBuilder
{
    internal const double StepMm = 4;

    /// <summary>The reference's level above the middle of the thalami: between the levels of the T2 and of the CT reference.</summary>
    private const double LevelMm = 2;

    private const int Rounds = 3;
    private const int Poses = 2;
    private const ulong FirstSeed = 1000;
    private const int Width = 54;
    private const int Height = 64;
    private const int Depth = 45;

    /// <summary>Just below the foramen magnum: necks bend and are long or short.</summary>
    private const double LowestMm = -80;

    private static readonly Vector3D Origin = new(-StepMm * (Width - 1) / 2, -StepMm * (Height - 1) / 2, LowestMm);

    /// <param name="paths">Label maps, each of one subject.</param>
    /// <param name="references">In whose modalities heads are painted; by the first they are registered.</param>
    /// <param name="told">Told each subject that was read.</param>
    /// <returns>In the order of the references.</returns>
    /// <exception cref="InvalidDataException">A label map cannot be read.</exception>
    public static IReadOnlyList<MeanHead> Build(
        IReadOnlyList<string> paths, IReadOnlyList<Reference> references, Action<string>? told = null)
    {
        var heads = paths.SelectMany((path, i) => Painted(path, i, references, told)).ToArray();
        var maps = Array.ConvertAll(heads, head => AffineTransform3D.Identity with { Origin = -head.Middle });
        for (var round = 0; ; round++)
        {
            maps = Centred(heads, maps);
            var means = references.Select((_, modality) => Mean(heads, maps, modality)).ToArray();
            if (round == Rounds)
                return means;
            var search = new HeadSearch(means[0]);
            maps = Array.ConvertAll(heads, head => search.Find(head.Heads, new(0, 0, 1)).ToMean);
        }
    }

    private static IEnumerable<PaintedHead> Painted(string path, int number, IReadOnlyList<Reference> references, Action<string>? told)
    {
        var scanner = new LabelScanner(path);
        for (var pose = 0; pose < Poses; pose++)
            yield return new(
                scanner.Scan(new()
                {
                    Seed = FirstSeed + (ulong)(Poses * number + pose),
                    LowMm = (float)(LowestMm - StepMm),
                    HighMm = (float)(LowestMm + StepMm * Depth),
                    SpacingMm = (float)StepMm,
                    ThicknessMm = (float)StepMm,
                }), references);
        told?.Invoke(scanner.Name);
    }

    /// <summary>Registration to a mean may drift and shrink: on average the level and the size stay what they are.</summary>
    private static AffineTransform3D[] Centred(PaintedHead[] heads, AffineTransform3D[] maps)
    {
        var sum = heads.Zip(maps, (head, map) => map.Apply(head.Middle)).Aggregate(default(Vector3D), (all, at) => all + at);
        var middle = sum / maps.Length;
        var size = Math.Exp(maps.Average(map => Math.Log(map.Determinant)) / 3);
        var back = AffineTransform3D.About(
            middle, new(1 / size, 0, 0), new(0, 1 / size, 0), new(0, 0, 1 / size), new Vector3D(0, 0, -LevelMm) - middle);
        return Array.ConvertAll(maps, map => map.Then(back));
    }

    private static MeanHead Mean(PaintedHead[] heads, AffineTransform3D[] maps, int modality)
    {
        var mean = new VoxelVolume(Width, Height, Depth, new(new(StepMm, 0, 0), new(0, StepMm, 0), new(0, 0, StepMm), Origin));
        var fromMean = Array.ConvertAll(maps, map => map.Invert());
        Parallel.For(0, Depth, z =>
        {
            for (var y = 0; y < Height; y++)
                for (var x = 0; x < Width; x++)
                    mean[x, y, z] = At(mean.ToPatient.Apply(new(x, y, z)));
        });
        return new(mean);

        float At(Vector3D place)
        {
            var (sum, count) = (0f, 0);
            foreach (var side in (double[])[place.X, -place.X])
                for (var i = 0; i < heads.Length; i++)
                    if (heads[i].At(modality, fromMean[i].Apply(place with { X = side })) is { } grey)
                        (sum, count) = (sum + grey, count + 1);
            return sum / Math.Max(1, count);
        }
    }
}
