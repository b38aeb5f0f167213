using Gateway.Contracts.Reasons;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.Workshop.Scores;

namespace Gateway.Workshop.Evaluation;

/// <summary>
/// T2 and CT of the same people, registered to each other, as a site has them: the slice that a translation would choose of the T2, and
/// others above and below, each with the CT cut by that slice and brought to the reference by the very map of the T2. Nobody's name leaves:
/// people are numbered in the order of their folders.
/// </summary>
public sealed class RegisteredPairs
{
    /// <summary>Where the heads overlap by less, the two were not registered, or one of them shows something else.</summary>
    private const double LeastOverlap = 0.8;

    private readonly RegisteredPairsOptions _options;
    private readonly List<HeldOutPair> _pairs = [];
    private readonly List<string> _notes = [];
    private int _people;
    private int _held;

    private RegisteredPairs(RegisteredPairsOptions options) => _options = options;

    private static ModalityProfile Ct => ShippedModalities.Ct;

    /// <summary>Reads every folder below.</summary>
    /// <param name="folder">A folder for each person, in it <c>t2*</c> and <c>ct*</c>: two NIfTI files, two folders of a DICOM series, or
    /// PNG pictures whose names go on alike.</param>
    /// <param name="options">How they are prepared.</param>
    /// <returns>The pairs, and what was left out and why.</returns>
    /// <exception cref="InvalidDataException">There is no pair, or a file is damaged.</exception>
    public static (IReadOnlyList<HeldOutPair> Pairs, IReadOnlyList<string> Notes) Read(string folder, RegisteredPairsOptions options)
    {
        var found = new RegisteredPairs(options);
        foreach (var person in SubjectFiles.Of(folder))
            found.Add(person);
        if (found._held > 0)
            found._notes.Add(
                $"{found._held} of {found._people} chosen T2 slices would be held by the registration's gate; they are scored.");
        return found._pairs.Count > 0
            ? (found._pairs, found._notes)
            : throw new InvalidDataException(string.Join(' ', [$"{folder} holds no pairs.", .. found._notes]));
    }

    private void Add(SubjectFiles person)
    {
        var name = $"subject {++_people}";
        try
        {
            if (person.Problem is { } problem)
                _notes.Add($"{name} is left out: {problem}");
            else if (_options.ArePrepared && person.IsPictures)
                _pairs.AddRange(person.Pictures().Select((pair, i) => Prepared(name, i, pair.T2, pair.Ct)));
            else
                foreach (var (t2, ct) in person.Volumes(_options.Window))
                    AddVolumes(name, t2, ct, isLoose: person.IsPictures);
        }
        catch (VolumeException e)
        {
            _notes.Add($"{name} is left out: {e.Reason.Code}");
        }
    }

    private void AddVolumes(string name, Volume t2, Volume ct, bool isLoose)
    {
        var chosen = Preprocessor.Prepare(t2, _options.Reference, _options.Window, _options.Deform);
        var (cut, thickness) = (new SliceOfVolume(ct, Ct.Air), t2.UsualSpacing);
        if (Pair(chosen.Slice, 0) is not { } first)
        {
            _notes.Add($"{name} is left out: the heads of its T2 and CT hardly overlap.");
            return;
        }
        _held += chosen.Reasons.Count > 0 ? 1 : 0;
        _pairs.Add(isLoose ? first with { Name = $"{name}, picture {_pairs.Count + 1}", LevelMm = null } : first);
        var others = Others(chosen).Select(at => Pair(at.Slice, at.LevelMm)).ToList();
        _pairs.AddRange(others.OfType<HeldOutPair>());
        if (others.Contains(null))
            _notes.Add($"{name}: {others.Count(pair => pair is null)} of {others.Count} further slices show no common head.");

        HeldOutPair? Pair(MappedSlice slice, double level) => Together(name, level, slice, cut.At(slice.Source, thickness));
    }

    /// <summary>From the chosen one outwards.</summary>
    private IEnumerable<(MappedSlice Slice, double LevelMm)> Others(PreparedSlice chosen)
    {
        if (_options.EveryMm <= 0 || chosen.Choice!.Volume.Count < 2)
            return [];
        var (source, scale) = (chosen.Slice.Source, chosen.Slice.Map.Linear.Scale * chosen.Slice.Source.ColumnSpacing);
        var levels = BrainStack.Of(chosen).Where(slice => slice.HoldsHead)
            .Select(slice => (Slice: slice, Level: chosen.Choice.Volume.Up.Dot(slice.Source.Position - source.Position) / scale)).ToList();
        return [.. Thinned(levels.Where(at => at.Level < -0.01).OrderByDescending(at => at.Level)),
            .. Thinned(levels.Where(at => at.Level > 0.01).OrderBy(at => at.Level))];
    }

    private IEnumerable<(MappedSlice Slice, double LevelMm)> Thinned(IEnumerable<(MappedSlice Slice, double Level)> outwards)
    {
        var last = 0.0;
        foreach (var (slice, level) in outwards)
        {
            if (Math.Abs(level) - last < _options.EveryMm - 0.01)
                continue;
            last = Math.Abs(level);
            yield return (slice, level);
        }
    }

    private HeldOutPair? Together(string name, double level, MappedSlice slice, Image hu)
    {
        var head = Ct.FindHead(hu, slice.Source.ColumnSpacing, slice.Source.RowSpacing);
        var onReference = Resampler.Nearest(head, slice.Map.ToSource, Reference.Side, Reference.Side);
        if (ImageMetrics.Dice(onReference, slice.ReferenceMask) < LeastOverlap)
            return null;
        var t2 = new Image(Reference.Side, Reference.Side, slice.Input());
        var ct = onReference.Apply(slice.OnReference(hu.Map(_options.Window.ToUnit), outside: -1), -1);
        var wide = onReference.Apply(slice.OnReference(hu, Ct.Air), Ct.Air);
        return Pair(name, FormattableString.Invariant($"{name} {level:F0} mm"), level, t2, ct) with { Wide = wide };
    }

    private HeldOutPair Prepared(string subject, int number, Image t2, Image ct) =>
        (t2.Width, t2.Height, ct.Width, ct.Height) is (Reference.Side, Reference.Side, Reference.Side, Reference.Side)
            ? Pair(subject, $"{subject}, picture {number + 1}", null, Unit(t2), Unit(ct))
            : throw new InvalidDataException($"Prepared pictures are {Reference.Side} x {Reference.Side}.");

    private HeldOutPair Pair(string subject, string name, double? level, Image t2, Image ct) => new()
    {
        Name = name,
        Subject = subject,
        LevelMm = level,
        Pictures = new Dictionary<Modality, Image> { [ShippedModalities.T2.Modality] = t2, [Ct.Modality] = ct },
        Brain = BrainMask.OfCt(ct, _options.Window),
        CtMask = _options.CtMask,
    };

    private static Image Unit(Image grey) => grey.Map(value => value / 127.5f - 1);
}
