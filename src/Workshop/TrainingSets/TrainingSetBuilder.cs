using System.Globalization;
using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.Sources;

namespace Gateway.Workshop.TrainingSets;

/// <summary>Prepares slices exactly as the translator does and stores them as 8-bit pictures with a manifest.</summary>
public sealed class TrainingSetBuilder(TrainingSetOptions options)
{
    /// <summary>The top of the brain window, lowered by the largest error of rounding to 8 bits.</summary>
    private const float BoneValue = 0.955f;

    private readonly List<TrainingPicture> _pictures = [];
    private readonly List<string> _leftOut = [];
    private readonly RulePairs _pairs = new(options.Output, options);

    /// <exception cref="ArgumentException">A subject is in both splits.</exception>
    /// <exception cref="VolumeException">A series cannot become a volume.</exception>
    public TrainingManifest Build(IReadOnlyList<TrainingSource> sources)
    {
        if (sources.GroupBy(source => source.Subject)
            .FirstOrDefault(group => group.Select(s => s.Split).Distinct().Count() > 1) is { } both)
            throw new ArgumentException($"Subject {both.Key} is in more than one split.", nameof(sources));
        foreach (var folder in options.References.Select(reference => reference.Profile.Modality.Code).Append("paired"))
            Directory.CreateDirectory(Path.Combine(options.Output, folder));
        foreach (var source in sources)
            foreach (var (name, volume) in SourceVolumes.Read(Path.Combine(options.Data, source.Path), options.Window))
                Add(source, name, volume);
        var manifest = new TrainingManifest
        {
            HuLow = options.Window.Low,
            HuHigh = options.Window.High,
            Deform = options.Deform,
            References = options.References.ToDictionary(
                reference => reference.Profile.Modality.Code + "Reference", object (reference) => reference.Parameters.Digest),
            Pictures = [.. _pictures],
            LeftOut = [.. _leftOut],
        };
        manifest.Save(options.Output);
        _pairs.Save();
        return manifest;
    }

    private void Add(TrainingSource source, string name, Volume volume)
    {
        var reference = options.References.Single(reference => reference.Profile.Modality == source.Modality);
        var key = name.Length == 0 ? Key(source) : $"{source.Subject}-{name}";
        SliceChoice choice;
        try
        {
            choice = new SliceChooser(reference).Choose(volume);
        }
        catch (VolumeException e)
        {
            _leftOut.Add($"{key}: {e.Reason.Code}");
            return;
        }
        foreach (var (index, offset) in Neighbours(volume, choice.Index))
            Add(source, $"{key}_{index:000}", volume, index, name.Length == 0 ? offset : null, reference);
        if (IsPairedByRule(source) && name.Length == 0)
            AddPairsAbove(source, key, choice, reference);
    }

    private static bool IsPairedByRule(TrainingSource source) =>
        source.Split == "train" && source.Modality == ShippedModalities.T2.Modality;

    /// <summary>Slices above the neighbours, in the pose of the chosen one: further up the brain's pattern registers nothing.</summary>
    private void AddPairsAbove(TrainingSource source, string key, SliceChoice choice, Reference reference)
    {
        var chosen = Preprocessor.Prepare(choice.Head, choice.Index, reference, options.Window) with { Choice = choice };
        if (chosen.Reasons.Count > 0)
            return;
        var (last, level) = (options.NeighbourMm, choice.Volume.Height(choice.Index));
        var reach = Enumerable.Range(choice.Index, choice.Volume.Count - choice.Index)
            .Count(index => choice.Volume.Height(index) - level <= options.PairsAboveMm) - 1;
        var (slices, centre) = BrainStack.Beside(chosen, reach);
        for (var i = centre; i < slices.Count; i++)
        {
            var (index, offset) = (choice.Index + i - centre, choice.Volume.Height(choice.Index + i - centre) - level);
            if (offset - last < 2 * options.LeastStepMm || !slices[i].HoldsHead)
                continue;
            last = offset;
            _pairs.Add($"{key}_{index:000}", source.Subject, new(Reference.Side, Reference.Side, slices[i].Input()), offset);
        }
    }

    /// <summary>The chosen slice and those around it, thinned out from the chosen one outwards.</summary>
    private IEnumerable<(int Index, double Offset)> Neighbours(Volume volume, int chosen)
    {
        yield return (chosen, 0);
        foreach (var direction in (int[])[-1, 1])
        {
            var last = 0.0;
            for (var index = chosen + direction; index >= 0 && index < volume.Count; index += direction)
            {
                var offset = volume.Height(index) - volume.Height(chosen);
                if (Math.Abs(offset) > options.NeighbourMm)
                    break;
                if (Math.Abs(offset - last) < options.LeastStepMm)
                    continue;
                last = offset;
                yield return (index, offset);
            }
        }
    }

    private void Add(TrainingSource source, string key, Volume volume, int index, double? offset, Reference reference)
    {
        var slice = Preprocessor.Prepare(
            new HeadSlice(volume[index], reference.Profile, reference.Window), index, reference, options.Window, options.Deform);
        if (Objection(slice, loose: offset is null) is { } objection)
        {
            _leftOut.Add($"{key}: {objection}");
            return;
        }
        var file = $"{source.Modality.Code}/{key}.png";
        PngFile.WriteGrey(
            Path.Combine(options.Output, file), new Image(Reference.Side, Reference.Side, slice.Input).Map(v => (v + 1) * 127.5f));
        if (IsPairedByRule(source))
            _pairs.Add(key, source.Subject, new(Reference.Side, Reference.Side, slice.Input), offset ?? 0);
        _pictures.Add(new()
        {
            File = file,
            Source = source.Path,
            Subject = offset is null ? key : source.Subject,
            Modality = source.Modality,
            Licence = source.Licence,
            Split = source.Split,
            Slice = index,
            OffsetMm = offset,
            Ncc = slice.NccAfter,
            NccInside = slice.NccInside,
            Dice = slice.Dice,
        });
    }

    private string? Objection(PreparedSlice slice, bool loose)
    {
        if (slice.Reasons.Count > 0)
            return slice.Reasons[0].Text;
        if (slice.NccInside < (loose ? options.LeastNccInsideLoose : options.LeastNccInside))
            return string.Create(CultureInfo.InvariantCulture, $"level {slice.NccInside:F3}");
        var bone = (double)slice.Input.Count(value => value > BoneValue) / slice.Slice.ReferenceMask.Area;
        return loose && bone > options.MostBoneLoose ? string.Create(CultureInfo.InvariantCulture, $"bone {bone:F3}") : null;
    }

    /// <summary>The name of the file or folder keeps several series of one subject apart.</summary>
    private static string Key(TrainingSource source) =>
        $"{source.Subject}-{Path.GetFileName(source.Path).Split('.')[0]}";
}
