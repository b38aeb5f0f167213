using Gateway.Imaging.Gates;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.Phantom;
using Gateway.Workshop.Sources;

namespace Gateway.Workshop.Limits;

/// <summary>Measures an archive's series in the way in which the translator will measure new ones.</summary>
public sealed class ArchiveSamples(Reference reference, GreyRange window)
{
    /// <summary>The level of the chosen slice varies by this much, mm.</summary>
    private const double NeighbourMm = 8;

    /// <summary>The level of loose pictures is unknown. As in training, those with a lower value are left out.</summary>
    private const double LeastNccInsideLoose = 0.4;

    /// <summary>There are many loose pictures, and using more of them changes nothing.</summary>
    private const int MostLoose = 250;

    private readonly GateMeter _meter = new(reference);

    /// <param name="sources">Sources of other modalities, and those kept for tests, are ignored.</param>
    /// <param name="data">Folder the sources' paths are relative to.</param>
    /// <exception cref="VolumeException">A series cannot become a volume.</exception>
    public IEnumerable<ArchiveSample> OfSources(IEnumerable<TrainingSource> sources, string data) => sources
        .Where(source => source.Modality == reference.Profile.Modality && source.Split == "train")
        .SelectMany(
            source => Thinned([.. SourceVolumes.Read(Path.Combine(data, source.Path), window)])
                .Select(named => (Subject: source.Subject + named.Name, named.Volume)))
        .AsParallel().AsOrdered().SelectMany(named => Of(named.Subject, named.Volume).ToArray());

    /// <summary>Phantoms, each as a whole series.</summary>
    /// <param name="count">Number of heads.</param>
    /// <param name="firstSeed">Seeds count up from here.</param>
    /// <param name="findings">What each head has beside its anatomy.</param>
    public IEnumerable<ArchiveSample> OfPhantoms(int count, ulong firstSeed, PhantomFindings? findings = null) =>
        Enumerable.Range(0, count).AsParallel().AsOrdered().SelectMany(i =>
        {
            var options = new PhantomSeriesOptions
            {
                Seed = firstSeed + (ulong)i,
                Kind = PhantomScan.Usual(reference.Profile.Modality).Kind,
            };
            var head = HeadPhantom.Sample(new PhantomOptions { Seed = options.Seed, Findings = findings });
            return Of(
                $"{options.Seed}", new(PhantomSeries.Planes(options)
                    .Select(plane => head.Render(plane).ToVolumeSlice(reference.Profile.Modality)))).ToArray();
        });

    /// <summary>The chosen slice with its volume's figures, and its near neighbours without them. Empty if no head fits.</summary>
    public IEnumerable<ArchiveSample> Of(string subject, Volume volume)
    {
        PreparedSlice chosen;
        try
        {
            chosen = Preprocessor.Prepare(volume, reference, window);
        }
        catch (VolumeException)
        {
            yield break;
        }
        if (chosen.Reasons.Count > 0 || (volume.Count == 1 && chosen.NccInside < LeastNccInsideLoose))
            yield break;
        yield return new(subject, _meter.Measure(chosen, chosen.Choice!.Head));
        foreach (var level in chosen.Choice.Levels.Where(level => IsNeighbour(volume, chosen.SliceIndex, level.Index)))
            yield return new(subject, _meter.Measure(Preprocessor.Prepare(level.Head, level.Index, reference, window), level.Head));
    }

    private static bool IsNeighbour(Volume volume, int chosen, int index) =>
        Math.Abs(index - chosen) is 1 or 2 && Math.Abs(volume.Height(index) - volume.Height(chosen)) <= NeighbourMm;

    private static IEnumerable<(string Name, Volume Volume)> Thinned((string Name, Volume Volume)[] volumes)
    {
        var step = (volumes.Length + MostLoose - 1) / MostLoose;
        return volumes.Where((_, i) => i % step == 0);
    }
}
