using Gateway.Imaging.Gates;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.LabelHeads;
using Gateway.Workshop.Phantom;
using Gateway.Workshop.Sources;

namespace Gateway.Workshop.Limits;

/// <summary>Measures an archive's series in the way in which the translator will measure new ones. Every volume is measured as it is and in
/// some of the ways in which series differ (<see cref="VolumeVariant"/>), taken in turn.</summary>
/// <param name="reference">Of the modality.</param>
/// <param name="variants">How many ways, beside the volume as it is, a head is measured in.</param>
public sealed class ArchiveSamples(Reference reference, int variants)
{
    private const ulong FirstScan = 720_000;

    /// <summary>The level of the chosen slice varies by this much, mm.</summary>
    private const double NeighbourMm = 8;

    /// <summary>The level of loose pictures is unknown. As in training, those with a lower value are left out.</summary>
    private const double LeastNccInsideLoose = 0.4;

    /// <summary>A brain that a lesion or a nod has made unlike any other says nothing of usual looks.</summary>
    private const double LeastNccInside = 0.15;

    /// <summary>There are many loose pictures, and using more of them changes nothing.</summary>
    private const int MostLoose = 250;

    /// <summary>Slices of heads that are drawn, from which thicker ones are made.</summary>
    private const float ThinMm = 2.5f;

    private readonly Reference _reference = reference;
    private readonly GateMeter _meter = new(reference);

    /// <param name="sources">Sources of other modalities, and those kept for tests, are ignored.</param>
    /// <param name="data">Folder the sources' paths are relative to.</param>
    /// <exception cref="VolumeException">A series cannot become a volume.</exception>
    public IEnumerable<ArchiveSample> OfSources(IEnumerable<TrainingSource> sources, string data) => sources
        .Where(source => source.Modality == _reference.Profile.Modality && source.Split == "train")
        .SelectMany(
            source => Thinned([.. SourceVolumes.Read(Path.Combine(data, source.Path), _reference.Window)])
                .Select(named => (Subject: source.Subject + named.Name, named.Volume)))
        .AsParallel().AsOrdered().SelectMany((named, i) => Varied(named.Subject, named.Volume, i).ToArray());

    /// <summary>Phantoms, each as a whole series.</summary>
    /// <param name="count">Number of heads.</param>
    /// <param name="firstSeed">Seeds count up from here.</param>
    /// <param name="findings">What every head has beside its anatomy; null: half of them calcifications and acute blood.</param>
    public IEnumerable<ArchiveSample> OfPhantoms(int count, ulong firstSeed, PhantomFindings? findings = null) =>
        Enumerable.Range(0, count).AsParallel().AsOrdered().SelectMany(i =>
        {
            var options = new PhantomSeriesOptions
            {
                Seed = firstSeed + (ulong)i,
                Kind = PhantomScan.Usual(_reference.Profile.Modality).Kind,
                SliceSpacing = ThinMm,
                Slices = 48,
            };
            var head = HeadPhantom.Sample(
                new() { Seed = options.Seed, Findings = findings ?? (i % 2 == 0 ? null : new() { Calcified = true, AcuteBlood = true }) });
            var volume = new Volume(PhantomSeries.Planes(options)
                .Select(plane => head.Render(plane).ToVolumeSlice(_reference.Profile.Modality)));
            return Varied($"{options.Seed}", volume, i).ToArray();
        });

    /// <summary>Painted label maps of whole heads, each in two poses, in one of them ill.</summary>
    /// <param name="paths">Of the label maps.</param>
    /// <param name="modalities">Each measures every scan.</param>
    /// <returns>In the order of the modalities.</returns>
    public static IReadOnlyList<IReadOnlyList<ArchiveSample>> OfLabels(
        IReadOnlyList<string> paths, IReadOnlyList<ArchiveSamples> modalities)
    {
        var found = modalities.Select(_ => new List<ArchiveSample>()).ToArray();
        for (var i = 0; i < paths.Count; i++)
        {
            var scanner = new LabelScanner(paths[i]);
            for (var number = 2 * i; number < 2 * i + 2; number++)
            {
                var options = LabelScanOptions.Varied(FirstScan + (ulong)number);
                var scan = scanner.Scan(options with { Ill = number % 2 == 1, SpacingMm = ThinMm, ThicknessMm = ThinMm });
                foreach (var (samples, list) in modalities.Zip(found))
                    list.AddRange(samples.Varied(scanner.Name, scan.Volume(samples._reference.Profile.Modality), number));
            }
        }
        return found;
    }

    /// <summary>The chosen slice with its volume's figures, and its near neighbours without them. Empty if no head fits.</summary>
    public IEnumerable<ArchiveSample> Of(string subject, Volume volume)
    {
        PreparedSlice chosen;
        try
        {
            chosen = Preprocessor.Prepare(volume, _reference, _reference.Window);
        }
        catch (VolumeException)
        {
            yield break;
        }
        if (chosen.Reasons.Count > 0 || chosen.NccInside < (volume.Count == 1 ? LeastNccInsideLoose : LeastNccInside))
            yield break;
        yield return new(subject, _meter.Measure(chosen));
        foreach (var level in chosen.Choice!.Levels.Where(level => IsNeighbour(volume, chosen.SliceIndex, level.Index)))
            yield return new(subject, _meter.Measure(Preprocessor.Prepare(level.Head, level.Index, _reference, _reference.Window)));
    }

    private IEnumerable<ArchiveSample> Varied(string subject, Volume volume, int number)
    {
        foreach (var sample in Of(subject, volume))
            yield return sample;
        for (var k = 0; k < variants && volume.Count > 1; k++)
        {
            var other = VolumeVariant.Good.Skip(1).ElementAt((number + k * 3) % (VolumeVariant.Good.Count - 1));
            foreach (var sample in Of(subject, other.Of(volume, _reference.Profile, new(number))))
                yield return sample;
        }
    }

    private static bool IsNeighbour(Volume volume, int chosen, int index) =>
        Math.Abs(index - chosen) is 1 or 2 && Math.Abs(volume.Height(index) - volume.Height(chosen)) <= NeighbourMm;

    private static IEnumerable<(string Name, Volume Volume)> Thinned((string Name, Volume Volume)[] volumes)
    {
        var step = (volumes.Length + MostLoose - 1) / MostLoose;
        return volumes.Where((_, i) => i % step == 0);
    }
}
