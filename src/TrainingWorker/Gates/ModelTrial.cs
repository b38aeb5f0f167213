using Gateway.Contracts.Trials;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Workshop.Scores;

namespace Gateway.TrainingWorker.Gates;

/// <summary>
/// Judges a retrained pair of models beside the champions on slices that nothing was trained on: real ones of the frozen test split, and
/// phantoms, whose truth is known. Same files, slices and seed, same figures.
/// </summary>
public static class ModelTrial
{
    /// <summary>Runs every gate. The report has every figure, whatever the verdict.</summary>
    /// <param name="request">Models and slices.</param>
    /// <param name="time">For the report's date and duration.</param>
    /// <param name="progress">Receives what is being done, in words; may be null.</param>
    /// <param name="cancel">Looked at between two slices.</param>
    /// <exception cref="ArgumentException">A candidate is missing, or there is nothing to judge by: no phantoms of this pair, and no real
    /// slices of both modalities.</exception>
    public static TrialResult Run(TrialRequest request, TimeProvider time, IProgress<string>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(time);
        var started = time.GetTimestamp();
        using var files = TrialFiles.Open(request);
        progress?.Report("drawing phantoms");
        var sets = Sets(request, files.Window, cancel);
        var scoring = new TrialScoring(request, sets, progress, cancel);
        var candidates = files.Usable ? scoring.Score("candidate", files.Candidates) : null;
        var champions = files.Usable && files.Champions.Count > 0 ? scoring.Score("champion", files.Champions) : null;
        progress?.Report("gates");
        var writer = new TrialWriter(request, files, sets, candidates, champions);
        var report = writer.Report(time.GetUtcNow()) with { Seconds = time.GetElapsedTime(started).TotalSeconds };
        return new(report, candidates is null ? null : TrialSheet.Draw(request, sets, candidates, champions));
    }

    private static List<HeldOutSet> Sets(TrialRequest request, GreyRange window, CancellationToken cancel)
    {
        var sets = new List<HeldOutSet>();
        if (request.Options.Phantoms > 0
            && DrawnPhantoms.Draw(request.Pair, window, request.Options.Phantoms, request.Options.Threads, cancel) is { } phantoms)
            sets.Add(phantoms);
        Modality[] both = [request.Pair.From, request.Pair.To];
        var sides = both.ToDictionary(
            modality => modality, modality => Side(request.Real.GetValueOrDefault(modality, []), request.Options.Real));
        if (sides.Values.Any(side => side.Slices.Count > 0))
            sets.Add(new() { Name = "test subjects", Window = window, Sides = sides });
        return sets.Exists(set => set.Sides.Values.All(side => side.Slices.Count > 0))
            ? sets
            : throw new ArgumentException($"There are no slices to judge a model of {request.Pair} by.");
    }

    /// <summary>First one slice of each subject, then the second ones.</summary>
    private static HeldOutSide Side(IReadOnlyList<HeldOutSlice> slices, int most)
    {
        var turns = from subject in slices.GroupBy(slice => slice.Subject)
                    from slice in subject.Select((slice, turn) => (Slice: slice, Turn: turn))
                    orderby slice.Turn, slice.Slice.Subject
                    select slice.Slice;
        HeldOutSlice[] taken = [.. turns.Take(most)];
        return new(
            taken, taken.Length == 0
                ? new(Reference.Side, Reference.Side) : HeldOutSide.MeanOf(taken.Select(slice => slice.Source), Reference.Side));
    }
}
