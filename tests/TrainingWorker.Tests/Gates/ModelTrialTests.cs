using Gateway.Contracts.Trials;
using Gateway.Imaging.Files;
using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Gates;
using Gateway.TrainingWorker.Onnx;
using Gateway.TrainingWorker.Onnx.Schema;
using Gateway.Workshop.Scores;
using static Gateway.TrainingWorker.Tests.Gates.MadeUpModels;

namespace Gateway.TrainingWorker.Tests.Gates;

/// <summary>Trainings that went wrong, and some that went well. Networks that are one convolution need no champion to be refused.</summary>
public sealed class ModelTrialTests
{
    private static readonly TrialOptions Small = new() { Phantoms = 6, Cycles = 3, Draws = 200 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0f, -0.5f, "model-collapsed")]
    [InlineData(0.05f, -0.5f, "model-collapsed")]
    [InlineData(1f, 0f, "model-copies-input")]
    [InlineData(3f, 0f, "model-range")]
    [InlineData(float.NaN, 0f, "model-not-finite")]
    public void One_that_looks_away_copies_or_leaves_its_range_is_refused(float factor, float offset, string reason)
    {
        var result = Try(Pair(direction => Linear(direction, factor, offset)));

        Assert.All(result.Report.Directions, direction => Assert.Contains(reason, Codes(direction)));
    }

    [Fact]
    public void Pictures_that_hold_no_numbers_are_refused_although_the_weights_are_numbers()
    {
        var result = Try(Pair(direction => Linear(direction, 1, 0, model =>
        {
            model.Graph.Node[^1].Output[0] = "made";
            model.Graph.Node.Add(new NodeProto { Name = "root", OpType = "Sqrt", Input = { "made" }, Output = { "output" } });
        })));

        Assert.All(result.Report.Directions, direction => Assert.Equal(["model-not-finite"], Codes(direction)));
    }

    [Fact]
    public void A_weight_that_is_no_number_is_found_where_no_picture_shows_it() =>
        Refused(Pair(direction => Changed(Shipped(direction), Spoil)), "model-not-finite");

    [Fact]
    public void The_other_directions_weights_are_found_by_what_they_do()
    {
        var result = Try(Pair(direction => Changed(Shipped(direction.Reverse), model => Name(model, direction))));

        Assert.All(result.Report.Directions, direction => Assert.Contains("model-direction", Codes(direction)));
    }

    [Fact]
    public void The_other_directions_file_is_found_by_what_it_says() =>
        Refused(Pair(direction => Shipped(direction.Reverse)), "model-direction");

    [Fact]
    public void A_file_that_ends_early_is_refused() => Refused(Pair(direction => Shipped(direction)[..1_000_000]), "model-unreadable");

    [Fact]
    public void A_file_that_does_not_say_what_it_is_is_refused() =>
        Refused(Pair(direction => Linear(direction, 1, 0, model => model.MetadataProps.Clear())), "model-unreadable");

    [Fact]
    public void Weights_of_another_pair_are_refused() =>
        Refused(Pair(direction => Linear(Direction.Parse(direction == ToCt ? "pd-ct" : "ct-pd"), 1, 0)), "model-pair");

    [Fact]
    public void Another_window_than_the_champions_is_refused() => Refused(
        Pair(direction => Linear(direction, 1, 0, model => model.MetadataProps.Single(entry => entry.Key == "hu_high").Value = "80")),
        "model-pair",
        Pair(direction => Linear(direction, 1, 0)));

    [Theory, InlineData(1, 3), InlineData(2, 128)]
    public void Another_input_is_refused(int dimension, int size) => Refused(
        Pair(direction => Linear(
            direction, 1, 0,
            model => model.Graph.Input[0].Type.TensorType.Shape.Dim[dimension] = new() { DimValue = size })), "model-shape");

    [Fact]
    public void Of_a_model_of_two_outputs_the_first_picture_is_judged()
    {
        var one = Try(Pair(direction => Linear(direction, -0.9f, 0)));
        var two = Try(Pair(direction => direction == ToCt ? OfTwoPlanes(direction, -0.9f) : Linear(direction, -0.9f, 0)));

        Assert.Equal(
            one.Report.Directions.SelectMany(direction => direction.Gates).Select(gate => (gate.Name, gate.Candidate)),
            two.Report.Directions.SelectMany(direction => direction.Gates).Select(gate => (gate.Name, gate.Candidate)));
    }

    [Fact]
    public void A_picture_of_another_size_is_refused_although_the_file_does_not_tell() => Refused(
        Pair(direction => Linear(direction, 1, 0, model => model.Graph.Node[^1].Attribute.Single(a => a.Name == "strides").Ints[0] = 2)),
        "model-shape");

    [Fact]
    public void A_file_that_computes_something_else_than_the_network_is_refused()
    {
        var result = Try(Pair(direction => Linear(direction, 1, 0)), parity: 2e-3);

        Assert.All(result.Report.Directions, direction => Assert.Equal(["model-parity"], Codes(direction)));
    }

    [Fact]
    public void One_that_paints_a_lesion_into_every_picture_is_refused()
    {
        var result = Try(Pair(direction => Changed(Shipped(direction), Invent)), Pair(Shipped));

        Assert.All(result.Report.Directions, direction => Assert.Contains("model-invents", Codes(direction)));
    }

    [Fact]
    public void One_that_is_only_worse_is_refused_and_its_reverse_with_it()
    {
        var result = Try(
            Pair(direction => direction == ToCt ? Changed(Shipped(direction), model => Blur(model, 5)) : Shipped(direction)),
            Pair(Shipped));

        Assert.Equal("model-worse", Assert.Single(Codes(result.Report.Directions[0]).Distinct()));
        Assert.Contains(Gate(result, 0, TrialGateKind.Likeness), gate => gate.Passed == false);
        Assert.False(result.Report.Directions[1].Passed);
    }

    [Fact]
    public void One_that_loses_lesions_which_the_champion_kept_is_told()
    {
        var result = Try(
            Pair(direction => Linear(direction, -1, 0, model => Blur(model, 15))), Pair(direction => Linear(direction, -1, 0)));

        var contrast = Assert.Single(Gate(result, 0, TrialGateKind.Contrast));
        Assert.Equal((false, "model-loses-lesions"), (contrast.Passed, contrast.Reason!.Code));
        Assert.Equal(1, contrast.Champion!.Value, 0.05);
    }

    [Theory, InlineData(0), InlineData(0.01)]
    public void The_champion_itself_and_one_that_differs_by_a_breath_pass(double share)
    {
        var result = Try(
            Pair(direction => share > 0 ? Changed(Shipped(direction), model => Perturb(model, share)) : Shipped(direction)), Pair(Shipped));

        Assert.Empty(result.Report.Directions.SelectMany(direction => direction.Reasons).Select(reason => reason.Text));
        var lesions = Gate(result, 0, TrialGateKind.Lesions);
        Assert.All(lesions, gate => Assert.Contains("The champion misses at least 0.8 as well", gate.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Few_real_subjects_are_shown_and_enough_are_judged()
    {
        var result = Try(Pair(direction => Linear(direction, -0.9f, 0)), Pair(direction => Linear(direction, -0.9f, 0)), real: [5, 2]);

        Assert.All(
            result.Report.Directions[0].Gates.Where(gate => gate.Set == "test subjects" && gate.Name == "structure"),
            gate => Assert.True(gate.Passed));
        Assert.All(result.Report.Directions[1].Gates.Where(gate => gate.Set == "test subjects"), gate => Assert.Null(gate.Passed));
        Assert.Contains(result.Report.Notes, note => note.StartsWith("2 real test subjects of ct", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", result.Report.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_nothing_could_judge_is_refused()
    {
        var result = Try(Pair(direction => Linear(direction, -0.9f, 0)), real: [2, 2], phantoms: 0);

        Assert.All(result.Report.Directions, direction => Assert.Equal(["model-untested"], Codes(direction)));
        Assert.Throws<ArgumentException>(() => Try(Pair(direction => Linear(direction, -0.9f, 0)), phantoms: 0));
    }

    [Fact]
    public void Without_a_champion_the_absolute_limits_count()
    {
        var gates = Try(Pair(direction => Linear(direction, -1, 0))).Report.Directions[0].Gates;

        Assert.All(gates.Where(gate => gate.Name is "cycle" or "structure" or "realism"), gate => Assert.Null(gate.Passed));
        Assert.False(Assert.Single(gates, gate => gate.Name == "baseline").Passed);
    }

    [Fact]
    public void The_same_trial_gives_the_same_report_and_one_that_can_be_read_again()
    {
        var (first, again) = (Try(Pair(direction => Linear(direction, -1, 0))), Try(Pair(direction => Linear(direction, -1, 0))));

        Assert.Equal(
            first.Report with { Seconds = 0, At = default }, TrialReport.Parse(Encoded(again)) with { Seconds = 0, At = default }, Same);
        Assert.Equal(first.Sheet!, again.Sheet!);
        var sheet = PngFile.Decode(first.Sheet!);
        Assert.True(sheet.Width > 4 * 256 && sheet.Height > 4 * 256, $"{sheet.Width} x {sheet.Height}");
    }

    private static bool Same(TrialReport a, TrialReport b) => a.ToJson() == b.ToJson();

    private static byte[] Encoded(TrialResult result) => System.Text.Encoding.UTF8.GetBytes(result.Report.ToJson());

    private static void Refused(Dictionary<Direction, byte[]> files, string reason, Dictionary<Direction, byte[]>? champions = null)
    {
        var result = Try(files, champions);
        Assert.All(result.Report.Directions, direction => Assert.Equal([reason], Codes(direction)));
        Assert.Null(result.Sheet);
    }

    private static TrialResult Try(
        Dictionary<Direction, byte[]> files, Dictionary<Direction, byte[]>? champions = null, double? parity = null, int[]? real = null,
        int? phantoms = null) => ModelTrial.Run(
        new()
        {
            Pair = ToCt,
            Modalities = ShippedModalities.Table,
            Candidates = files,
            Champions = champions ?? [],
            Parity = parity is { } difference ? new() { [ToCt] = difference, [ToT2] = difference } : new Dictionary<Direction, double>(),
            Real = real is null ? new Dictionary<Modality, IReadOnlyList<HeldOutSlice>>() : Real(real[0], real[1]),
            Options = Small with { Phantoms = phantoms ?? Small.Phantoms },
        }, TimeProvider.System, null, Cancel);

    /// <summary>Phantoms without their truths stand for people.</summary>
    private static Dictionary<Modality, IReadOnlyList<HeldOutSlice>> Real(int t2, int ct)
    {
        var drawn = DrawnPhantoms.Draw(ToCt, GreyRange.Brain, Math.Max(t2, ct), 2, Cancel)!;
        return new()
        {
            [ToCt.From] = [.. drawn.Sides[ToCt.From].Slices.Take(t2).Select(Secret)],
            [ToCt.To] = [.. drawn.Sides[ToCt.To].Slices.Take(ct).Select(Secret)],
        };

        static HeldOutSlice Secret(HeldOutSlice slice, int i) => new($"secret {i}", slice.Source, null);
    }

    private static IEnumerable<TrialGate> Gate(TrialResult result, int direction, TrialGateKind kind) =>
        result.Report.Directions[direction].Gates.Where(gate => gate.Name == kind.Name);

    private static IEnumerable<string> Codes(TrialDirection direction) => direction.Reasons.Select(reason => reason.Code);
}
