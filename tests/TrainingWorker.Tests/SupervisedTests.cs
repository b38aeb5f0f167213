using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Losses;
using Gateway.TrainingWorker.Onnx;
using Gateway.TrainingWorker.Training;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

/// <summary>The stage on pairs alone: one direction, a second channel, findings, evaluations.</summary>
public sealed class SupervisedTests : IDisposable
{
    private static readonly Direction ToCt = ShippedModalities.T2.Direction;

    private static readonly TrainingOptions Options = TinyHeads.Options with
    {
        Only = "t2-ct",
        WideChannel = true,
        BoneWeight = 0.5,
        FindingWeight = 4,
        WeightDecay = 0.01,
        StepsSmall = 3,
        StepsFull = 9,
        StepsAdversarial = 0,
        FreezeStatisticsAt = 0.5,
        CurveShare = 0.5,
        CoarseShare = 0.5,
        PairedWeights = [3, 1],
        BFloat16 = true,
        EvaluateEvery = 4,
        CheckpointSteps = 2,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-supervised-").FullName;

    [Fact]
    public void Killed_twenty_times_a_run_leaves_the_losses_of_one_that_was_not()
    {
        var whole = Directory.CreateDirectory(Path.Combine(_folder, "whole")).FullName;
        Run(whole, kills: null);
        var killed = Directory.CreateDirectory(Path.Combine(_folder, "killed")).FullName;
        var chance = new Random(5);
        for (var kill = 0; kill < 20; kill++)
            Run(killed, kills: chance.Next(1, 4));
        Run(killed, kills: null);

        Assert.Equal(12, File.ReadLines(Path.Combine(whole, LossLog.FileName)).Count());
        Assert.Equal(Losses(whole), Losses(killed));
        foreach (var file in (string[])[Evaluation.FileName, Checkpoint.FileName, Checkpoint.BestName])
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole, file)), File.ReadAllBytes(Path.Combine(killed, file)));
    }

    [Fact]
    public void One_direction_alone_has_one_generator_and_its_own_names()
    {
        using var state = new TrainingState(Options with { Only = "ct-t2" });
        var way = Assert.Single(state.Ways);
        Assert.Equal(("ct-t2", 1, 1), (way.Direction.Name, way.Generator.Inputs, way.Generator.Outputs));
        Assert.All(state.Tensors(), tensor => Assert.Contains(".1", tensor.Name, StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => new TrainingState(Options with { Only = "pd-ct" }));
    }

    [Fact]
    public void A_pair_without_the_wide_window_teaches_the_second_channel_nothing()
    {
        using var scope = NewDisposeScope();
        var losses = new StepLosses();
        var made = zeros(2, 2, 32, 32).requires_grad_();
        var batch = new PairedBatch { Source = zeros(2, 1, 32, 32), Target = ones(2, 2, 32, 32), Known = tensor([0f, 1f], [2, 1, 1, 1]) };
        PairedLoss.Of(made, batch, Options, "ct", losses).backward();
        var pull = made.grad!.abs().sum([2L, 3L]);
        Assert.Equal(0, pull[0][1].item<float>());
        Assert.True(pull[1][1].item<float>() > 0.1 && pull[0][0].item<float>() > 0.1);
        Assert.Equal(["ct", "wide.ct", "bone.ct"], losses.Read().Keys);
    }

    [Fact]
    public void A_findings_pixels_count_as_often_as_the_recipe_says()
    {
        using var scope = NewDisposeScope();
        using var chance = new StepRandom(3, 3, 3);
        var batch = Batches.Pairs(
            Data() with { PseudoPairs = [] }, Options, ToCt, wide: true, new(4, TinyHeads.Size, TinyHeads.Size), chance);
        var weights = batch.Weights!.flatten().data<float>().ToArray();
        Assert.Equal([1, 4], weights.Distinct().Order());
        // The finding is a sixteenth of the picture.
        Assert.InRange(weights.Average(), 1.05, 1.5);
        Assert.Equal([4, 2, 64, 64], batch.Target.shape);
    }

    [Fact]
    public void A_source_is_cut_by_the_mask_that_stays_and_its_target_is_not()
    {
        using var scope = NewDisposeScope();
        using var chance = new StepRandom(6, 6, 6);
        var data = TinyHeads.With(TinyHeads.PairOf(Picture(200), Picture(200)));
        byte[] left = [.. Enumerable.Range(0, 32 * 32).Select(i => i % 32 < 16 ? byte.MaxValue : byte.MinValue)];
        data = data with { Sides = [data.Sides[0], data.Sides[1] with { Mask = new("mask", 32, left) }] };
        var batch = Batches.Pairs(data, new() { MaskShare = 1 }, ToCt.Reverse, wide: false, new(2, 16, 16), chance);
        Assert.True(batch.Source.narrow(3, 8, 8).max().item<float>() < -0.5);
        Assert.True(batch.Source.narrow(3, 0, 8).max().item<float>() > 0.1);
        Assert.True(batch.Target.narrow(3, 8, 8).max().item<float>() > 0.1);
    }

    [Fact]
    public void A_rare_finding_is_drawn_as_often_as_a_common_one()
    {
        using var scope = NewDisposeScope();
        using var chance = new StepRandom(8, 8, 8);
        List<PreparedPair> pairs = [.. Enumerable.Range(0, 19).Select(_ => With("Oedema", 200)), With("AcuteBlood", 20)];
        var data = TinyHeads.Data() with { PairSets = [new() { Name = "ill", Train = pairs, Test = [] }] };
        var batch = Batches.Pairs(data, new() { FindingShare = 1 }, ToCt, wide: false, new(200, 32, 32), chance);
        Assert.InRange(batch.Target.amax([1, 2, 3]).Below(0).to_type(ScalarType.Float32).mean().item<float>(), 0.4, 0.6);

        static PreparedPair With(string finding, byte grey) =>
            new(new Dictionary<Modality, PreparedPicture> { [TinyHeads.T2] = Picture(grey), [TinyHeads.Ct] = Picture(grey) })
            {
                Entry = new() { Name = "", Head = "", Split = "train", Findings = [finding] },
            };
    }

    [Fact]
    public void Each_folder_is_drawn_from_as_often_as_its_weight_says()
    {
        using var scope = NewDisposeScope();
        using var chance = new StepRandom(4, 4, 4);
        var (light, dark) = (Flat(200), Flat(20));
        var data = TinyHeads.Data() with { PairSets = [Set("a", light), Set("b", dark)] };
        var batch = Batches.Pairs(data, Options with { WideChannel = false }, ToCt, wide: false, new(200, 32, 32), chance);
        var share = batch.Target.amax([1, 2, 3]).Below(0).to_type(ScalarType.Float32).mean().item<float>();
        Assert.InRange(share, 0.15, 0.35);

        static PreparedPair Flat(byte grey) => TinyHeads.PairOf(Picture(grey), Picture(grey));
        static PairSet Set(string name, PreparedPair pair) => new() { Name = name, Train = [pair], Test = [] };
    }

    [Fact]
    public void A_run_may_begin_from_the_averages_of_others_and_from_an_exported_model()
    {
        using var scope = NewDisposeScope();
        using var first = new TrainingState(Options);
        var trainer = new PairedTrainer(first, Data());
        for (; first.Step < 2; first.Step++)
            trainer.Step();
        var averages = Path.Combine(_folder, "a.safetensors");
        Checkpoint.SaveAverages(averages, first);
        var exported = ExportCommand.Run(new()
        {
            Checkpoints = [averages], Out = _folder, HuLow = -20, HuHigh = 100, Model = "tiny", Version = "1", TrainedOn = "nothing",
            Half = false,
        })[0].Path;
        var image = Batches.Stack([TinyHeads.Pair(0)[TinyHeads.T2]]);
        foreach (var file in (string[])[averages, exported])
        {
            using var second = new TrainingState(Options with { Seed = 9 });
            StartingWeights.Fill(second, [file]);
            Assert.True((second.Ways[0].Translate(image) - first.Ways[0].Translate(image)).abs().max().item<float>() < 1e-4);
            Assert.Throws<InvalidDataException>(() => StartingWeights.Fill(second, [averages, exported]));
        }
        using var reverse = new TrainingState(Options with { Only = "ct-t2" });
        Assert.Throws<InvalidDataException>(() => StartingWeights.Fill(reverse, [averages]));
    }

    [Fact]
    public void Frozen_statistics_are_those_of_whole_slices_and_stay()
    {
        using var state = new TrainingState(Options);
        var trainer = new PairedTrainer(state, Data());
        for (; state.Step < 6; state.Step++)
            trainer.Step();
        Assert.Equal(6, Count());
        trainer.Step();
        state.Step++;
        Assert.Equal(Options.CalibrationBatches, Count());
        trainer.Step();
        Assert.Equal(Options.CalibrationBatches, Count());

        long Count() => state.Ways[0].Generator.Encoder.Norm1.Batches.item<long>();
    }

    [Fact]
    public void The_truth_itself_would_score_nought_and_keep_every_contrast()
    {
        var sums = new ScoreSums(hounsfield: true);
        var pair = Data().PairSets[0].Test[0];
        float[] truth = Values(pair[TinyHeads.Ct]), wide = Values(pair.Wide!);
        sums.Add(pair, ToCt, [truth, wide], ssim: 1);
        var scores = sums.Scores();
        Assert.Equal((0, 0, 1.0, 1.0), (scores.Head, scores.Score, scores.Bone, Assert.Single(scores.Contrast).Value));

        var half = new ScoreSums(hounsfield: true);
        half.Add(pair, ToCt, [[.. truth.Select(value => value / 2)], wide], ssim: 1);
        Assert.Equal(0.5, Assert.Single(half.Scores().Contrast).Value, 3);
        Assert.InRange(half.Scores().Head, 5, 30);
    }

    [Fact]
    public void Two_checkpoints_of_a_direction_each_become_two_models_and_the_wide_one_says_so()
    {
        var checkpoints = new List<string>();
        foreach (var only in (string[])["ct-t2", "t2-ct"])
        {
            using var state = new TrainingState(Options with { Only = only });
            checkpoints.Add(Path.Combine(_folder, only + ".safetensors"));
            Checkpoint.SaveAverages(checkpoints[^1], state);
        }
        var request = new ExportRequest
        {
            Checkpoints = checkpoints, Out = _folder, HuLow = -20, HuHigh = 100, Model = "tiny", Version = "1", TrainedOn = "nothing",
        };
        var reports = ExportCommand.Run(request);

        Assert.Equal(["t2-ct.onnx", "ct-t2.onnx"], reports.Select(report => Path.GetFileName(report.Path)));
        Assert.All(reports, report => Assert.True(report.NetworkToFloat32 <= OnnxParity.Limit));
        using var toCt = new InferenceSession(reports[0].Path);
        using var toT2 = new InferenceSession(reports[1].Path);
        Assert.Equal([-1, 2, -1, -1], toCt.OutputMetadata["output"].Dimensions);
        Assert.Equal([-1, 1, -1, -1], toT2.OutputMetadata["output"].Dimensions);
        Assert.Equal(
            ("-1000", "2000"), (toCt.ModelMetadata.CustomMetadataMap["wide_low"], toCt.ModelMetadata.CustomMetadataMap["wide_high"]));
        Assert.DoesNotContain("wide_low", toT2.ModelMetadata.CustomMetadataMap.Keys);
        Assert.Throws<InvalidDataException>(() => ExportCommand.Run(request with { Checkpoints = [checkpoints[0], checkpoints[0]] }));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Dies at a step as a killed process does: no checkpoint is written on the way out.
    private static void Run(string folder, int? kills)
    {
        using var state = new TrainingState(Options);
        var checkpoint = Path.Combine(folder, Checkpoint.FileName);
        if (File.Exists(checkpoint))
            Checkpoint.Load(checkpoint, state);
        var run = new TrainingRun(state, Data(), folder, TimeProvider.System, new Killer(state.Step + kills));
        if (kills is null)
            run.Run(CancellationToken.None);
        else
            Record.Exception(() => run.Run(CancellationToken.None));
    }

    private static List<string> Losses(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, LossLog.FileName)).Select(line => line.Split("\"seconds\"")[0])];

    private static TrainingData Data()
    {
        var pairs = Enumerable.Range(0, 6).Select(WithFinding).ToList();
        return TinyHeads.Data() with
        {
            PseudoPairs = [TinyHeads.Pair(2)],
            PairSets =
            [
                new() { Name = "heads", Train = pairs[..3], Test = pairs[4..5] },
                new() { Name = "phantoms", Train = [pairs[3]], Test = pairs[5..] },
            ],
        };
    }

    private static PreparedPicture Picture(byte grey) => new("flat", 32, [.. Enumerable.Repeat(grey, 32 * 32)]);

    // A square of a sixteenth of the picture, bright in CT.
    private static PreparedPair WithFinding(int subject)
    {
        var (plain, codes) = (TinyHeads.Pair(subject), new byte[TinyHeads.Size * TinyHeads.Size]);
        var ct = plain[TinyHeads.Ct].Codes.ToArray();
        for (var y = 28; y < 36; y++)
            for (var x = 34; x < 42; x++)
                (codes[y * TinyHeads.Size + x], ct[y * TinyHeads.Size + x]) = (4, 220);
        var pair = TinyHeads.PairOf(plain[TinyHeads.T2], new("finding", TinyHeads.Size, ct));
        return new(new Dictionary<Modality, PreparedPicture> { [TinyHeads.T2] = pair[TinyHeads.T2], [TinyHeads.Ct] = pair[TinyHeads.Ct] })
        {
            Wide = new("wide", TinyHeads.Size, [.. ct.Select(grey => (byte)(grey == 255 ? 200 : grey == 0 ? 0 : 88))]),
            Finding = new("finding", TinyHeads.Size, codes),
        };
    }

    private static float[] Values(PreparedPicture picture)
    {
        var values = new float[picture.Size * picture.Size];
        picture.CopyTo(values);
        return values;
    }

    private sealed class Killer(int? step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Note is null && value.Step >= step)
                throw new InvalidOperationException("killed");
        }
    }
}
