using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Gateway.Contracts.Reasons;
using Gateway.Contracts.Trials;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.Scores;
using static Gateway.Contracts.Trials.TrialGateKind;
using Scores = System.Collections.Generic.IReadOnlyDictionary<(Gateway.Workshop.Scores.HeldOutSet Set,
    Gateway.Imaging.Modalities.Direction Direction),
    Gateway.TrainingWorker.Gates.WayScores>;

namespace Gateway.TrainingWorker.Gates;

/// <summary>Makes the report of what a trial found.</summary>
internal sealed class TrialWriter(
    TrialRequest request, TrialFiles files, IReadOnlyList<HeldOutSet> sets, Scores? candidates, Scores? champions)
{
    private const string FileSet = "model file";

    /// <summary>Where one of a row of gates says no, those of later rows mean nothing, and only its own reasons are given.</summary>
    private static readonly TrialGateKind[][] Stages =
        [[TrialGateKind.File, Parity, Finite, TrialGateKind.Range], [Diversity, Retrieval, Copy, TrialGateKind.Direction]];

    public TrialReport Report(DateTimeOffset at)
    {
        TrialDirection[] directions = [Judge(request.Pair), Judge(request.Pair.Reverse)];
        return new()
        {
            Pair = request.Pair.Name,
            At = at,
            Seconds = 0,
            Seed = request.Options.Seed,
            TestSetDigest = Digest(),
            Slices = [.. from set in sets
                         from side in set.Sides
                         select new TrialSlices(
                             set.Name, side.Key.Code, side.Value.Slices.Select(slice => slice.Subject).Distinct().Count(),
                             side.Value.Slices.Count)],
            Notes = [.. files.Notes, .. Evidence()],
            Directions = [WithItsReverse(directions[0], directions[1]), WithItsReverse(directions[1], directions[0])],
        };
    }

    private static TrialDirection WithItsReverse(TrialDirection direction, TrialDirection reverse)
    {
        var codes = string.Join(", ", reverse.Reasons.Select(reason => reason.Code).Distinct());
        return direction.Passed && !reverse.Passed
            ? direction with { Reasons = [ReasonCode.ModelReverse.Because($"{reverse.Direction} was rejected: {codes}.")] }
            : direction;
    }

    private TrialDirection Judge(Direction direction)
    {
        var (gates, methods, judged) = (new List<TrialGate>(), new List<TrialMethod>(), 0);
        foreach (var set in sets.Where(set => candidates?.ContainsKey((set, direction)) == true))
        {
            var (mine, other) = (candidates![(set, direction)], champions?[(set, direction)]);
            var trivial = mine.Reversed is null ? null : Trivial(set, direction);
            var of = new SetGates(set, direction, mine, other, request.Options);
            var found = of.All(trivial);
            judged += of.IsJudged ? 1 : 0;
            gates.AddRange(found);
            methods.AddRange(Methods(set.Name, found, trivial));
        }
        gates.AddRange(OfFile(direction, judged));
        var failed = gates.Where(gate => gate.Passed == false).ToLookup(gate => gate.Name);
        var first = Stages.Select(stage => stage.SelectMany(kind => failed[kind.Name]).ToArray()).FirstOrDefault(stage => stage.Length > 0);
        return new()
        {
            Direction = direction.Name,
            Candidate = files.Names[direction],
            Champion = files.Champions.GetValueOrDefault(direction)?.Name,
            Reasons = [.. (first ?? failed.SelectMany(found => found)).Select(gate => gate.Reason!)],
            Gates = [.. TrialGateKind.All.SelectMany(kind => gates.Where(gate => gate.Name == kind.Name))],
            Methods = methods,
        };
    }

    private TrivialMethods Trivial(HeldOutSet set, Direction direction) =>
        new(set, direction, new(request.Modalities[direction.To], set.Window, request.Options.Threads));

    private IEnumerable<TrialGate> OfFile(Direction direction, int judged)
    {
        if (files.Refused.TryGetValue(direction, out var refused))
            return [new() { Name = TrialGateKind.File.Name, Set = FileSet, Passed = false, Text = refused.Text, Reason = refused }];
        var judge = new GateJudge(FileSet, judged: true, strict: true, new([], 40, 0));
        if (request.Parity.TryGetValue(direction, out var parity))
            judge.Add(Parity, parity, null);
        var file = files.Candidates[direction];
        if (candidates is not null)
            judge.Add(TrialGateKind.Evidence, judged, null);
        if (file.Pictures > 0)
            judge.Add(Finite, 1 - (double)file.NotFinite / file.Pictures, null);
        if (file.NotFinite == 0)
            judge.Add(TrialGateKind.Range, file.Greatest, null);
        if (request.DiscriminatorAccuracy.TryGetValue(direction, out var accuracy))
            judge.Add(Discriminator, accuracy, null);
        return [new() { Name = TrialGateKind.File.Name, Set = FileSet, Passed = true }, .. judge.Gates];
    }

    private static IEnumerable<TrialMethod> Methods(string set, IReadOnlyList<TrialGate> gates, TrivialMethods? trivial)
    {
        yield return new(set, "candidate", Figures(gate => gate.Candidate));
        if (gates.Any(gate => gate.Champion is not null))
            yield return new(set, "champion", Figures(gate => gate.Champion));
        foreach (var method in trivial?.Figures(set) ?? [])
            yield return method;

        Dictionary<string, double> Figures(Func<TrialGate, double?> of) =>
            gates.Where(gate => of(gate) is not null).ToDictionary(gate => gate.Name, gate => of(gate)!.Value);
    }

    private IEnumerable<string> Evidence()
    {
        if (!sets.Any(set => set.Name == "phantoms"))
            yield return "There are no phantoms of this pair, so no truth is known: gates that need one were not judged.";
        foreach (var modality in (Modality[])[request.Pair.From, request.Pair.To])
        {
            var subjects = request.Real.GetValueOrDefault(modality, []).Select(slice => slice.Subject).Distinct().Count();
            if (subjects < request.Options.LeastSubjects)
                yield return $"{subjects} real test subjects of {modality.Code}: fewer than {request.Options.LeastSubjects} are shown, not judged, and phantoms decide.";
        }
    }

    private string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var set in sets)
            foreach (var (modality, side) in set.Sides.OrderBy(side => side.Key.Code, StringComparer.Ordinal))
                foreach (var slice in side.Slices)
                {
                    hash.AppendData(Encoding.UTF8.GetBytes($"{set.Name}/{modality.Code}\n"));
                    hash.AppendData(MemoryMarshal.AsBytes<float>(slice.Source.Pixels));
                }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
