using Gateway.Contracts.Reasons;
using Gateway.Contracts.Trials;
using Gateway.Imaging.Modalities;

namespace Gateway.TrainingWorker.Gates;

/// <summary>The model files of a trial, opened, and why some cannot be used.</summary>
internal sealed class TrialFiles : IDisposable
{
    private readonly Dictionary<Direction, TrialGenerator> _candidates = [];
    private readonly Dictionary<Direction, TrialGenerator> _champions = [];
    private readonly Dictionary<Direction, TrialModel> _names = [];
    private readonly Dictionary<Direction, Reason> _refused = [];
    private readonly List<string> _notes = [];

    private TrialFiles()
    {
    }

    public IReadOnlyDictionary<Direction, TrialGenerator> Candidates => _candidates;

    /// <summary>Both directions, or none.</summary>
    public IReadOnlyDictionary<Direction, TrialGenerator> Champions => _champions;

    /// <summary>Of the candidates, also of those that cannot be read.</summary>
    public IReadOnlyDictionary<Direction, TrialModel> Names => _names;

    /// <summary>Why a candidate cannot be used.</summary>
    public IReadOnlyDictionary<Direction, Reason> Refused => _refused;

    /// <summary>Whether both candidates can be asked for pictures.</summary>
    public bool Usable => _refused.Count == 0;

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Of the champions, or else of the candidates.</summary>
    public GreyRange Window { get; private set; } = GreyRange.Brain;

    public static TrialFiles Open(TrialRequest request)
    {
        var files = new TrialFiles();
        try
        {
            Direction[] both = [request.Pair, request.Pair.Reverse];
            files.OpenChampions(request, both);
            foreach (var direction in both)
                files.OpenCandidate(request, direction);
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var file in _candidates.Values.Concat(_champions.Values))
            file.Dispose();
    }

    private void OpenChampions(TrialRequest request, Direction[] both)
    {
        foreach (var direction in both)
        {
            if (!request.Champions.TryGetValue(direction, out var bytes))
                _notes.Add($"There is no champion of {direction}.");
            else if (TrialGenerator.Open(bytes, direction, out _, out var reason) is { } file)
                _champions.Add(direction, file);
            else
                _notes.Add($"The champion of {direction} cannot be used: {reason!.Text}");
        }
        if (_champions.Count == both.Length)
        {
            Window = _champions[both[0]].Window;
            return;
        }
        _notes.Add("Without champions of both directions only the absolute limits count.");
        foreach (var file in _champions.Values)
            file.Dispose();
        _champions.Clear();
    }

    private void OpenCandidate(TrialRequest request, Direction direction)
    {
        var bytes = request.Candidates.TryGetValue(direction, out var found)
            ? found : throw new ArgumentException($"The trial has no candidate of {direction}.");
        var file = TrialGenerator.Open(bytes, direction, out var name, out var reason);
        _names.Add(direction, name);
        if (file is not null)
            _candidates.Add(direction, file);
        if (_champions.Count == 0 && _candidates.Count == 1 && file is not null)
            Window = file.Window;
        if (file is not null && file.Window != Window)
            reason = ReasonCode.ModelPair.Because(FormattableString.Invariant(
                $"Its window is {file.Window.Low} to {file.Window.High} HU, and that of the models beside it {Window.Low} to {Window.High} HU."));
        if (reason is not null)
            _refused.Add(direction, reason);
    }
}
