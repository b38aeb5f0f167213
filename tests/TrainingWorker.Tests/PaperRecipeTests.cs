using System.Text.Json.Nodes;
using Gateway.Testing;
using Gateway.TrainingWorker.Losses;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Training;
using Gateway.TrainingWorker.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

/// <summary>The report's recipe with networks narrow enough for seconds.</summary>
public sealed class PaperRecipeTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static TrainingOptions Paper { get; } = RecipeFile.Shipped("paper") with
    {
        GeneratorWidth = 4,
        DiscriminatorWidth = 4,
        StepsAdversarial = 9,
        SmallSize = 32,
        FullSize = 64,
        CropSize = 64,
        BatchAdversarial = 2,
        BatchSmall = 2,
        CalibrationBatches = 1,
        ProgressEvery = 1,
        SheetEvery = 1000,
        Perceptual = new() { Style = 0.5 },
    };

    [Fact]
    public void The_shipped_recipe_is_the_reports()
    {
        var paper = RecipeFile.Shipped("paper");
        Assert.Equal(
            ("resnet18", "bce", "ssim", 4, 1e-4, 1e-3), (paper.Discriminator, paper.Adversarial, paper.CycleLoss,
                paper.GeneratorStepsPerDiscriminator, paper.GeneratorRate, paper.DiscriminatorRate));
        Assert.Equal((0.0, 255.0, "deformable"), (paper.ClipLow, paper.ClipHigh, paper.Registration));
        Assert.Equal((1.0, 0.0), (paper.Perceptual!.Weight, paper.Perceptual.Style));
        Assert.Equal([1.0, 1, 1], paper.Perceptual.Layers);
        Assert.Equal(
            (0, 0.0, 0.0, 0.0, 0.0), (paper.StepsPaired, paper.AnchorWeight, paper.StructureWeight, paper.BackgroundWeight,
                paper.PenaltyWeight));
    }

    [Fact]
    public void It_trains_the_discriminators_once_in_four_steps_and_ends_alike_when_it_is_stopped()
    {
        using var features = FeatureNetwork.Read(FeatureLossTests.Squeezed(_folder));
        using var whole = new TrainingState(Paper);
        Run(whole, features, int.MaxValue);
        var steps = File.ReadAllLines(_folder.Combine(LossLog.FileName)).Select(Losses).ToList();

        Assert.Equal(9, steps.Count);
        Assert.All(steps, step => Assert.StartsWith("adv.ct cycle.ct percep.ct style.ct adv.t2", step, StringComparison.Ordinal));
        Assert.Equal([4, 8], steps.Select((step, i) => (step, i)).Where(s => s.step.Contains("d.ct", StringComparison.Ordinal))
            .Select(s => s.i + 1));
        Assert.Equal([2, 2], whole.Ways.Select(way => (int)way.DiscriminatorAdam.Steps));

        using var first = new TrainingState(Paper);
        Run(first, features, stopAfter: 6);
        Assert.Equal(6, first.Step);
        using var second = new TrainingState(Paper);
        Checkpoint.Load(_folder.Combine(Checkpoint.FileName), second);
        Run(second, features, int.MaxValue);
        foreach (var ((name, expected), (_, actual)) in whole.Tensors().Zip(second.Tensors()))
            Assert.True(expected.bytes.SequenceEqual(actual.bytes), name);
    }

    [Fact]
    public void Cycle_losses_have_the_values_of_their_names()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        var (back, image) = (rand(1, 1, 16, 16).Times(2).Minus(1), rand(1, 1, 16, 16).Times(2).Minus(1));
        Assert.Equal(1 - ImageLosses.Ssim(back, image).item<float>(), Only("ssim"), 5);
        Assert.Equal((back - image).Squared().mean().item<float>(), Only("mse"), 5);
        Assert.Equal(ImageLosses.Reconstruction(back, image, Paper.SsimShare).item<float>(), Only("reconstruction"), 5);
        Assert.Throws<InvalidDataException>(() => Only("l3"));

        float Only(string name) => new CycleLoss(Paper with { CycleLoss = name, Perceptual = null }, features: null)
            .Terms(back, image).Single().Loss.item<float>();
    }

    [Fact]
    public void A_run_says_and_records_whose_features_it_compares_and_goes_on_with_no_others()
    {
        var real = Prepared();
        var (path, reports) = (FeatureLossTests.Squeezed(_folder), new List<string?>());
        var request = new TrainingRequest
        {
            Real = real,
            Paired = [real],
            Out = _folder.Combine("out"),
            Features = path,
            Options = Paper with { StepsAdversarial = 1 },
        };
        Train(request);

        var digest = FeatureNetworkDigest(path);
        Assert.Equal(
            "without ImageNet weights: encoders and discriminators are drawn; "
                + $"perceptual loss by SqueezeNet 1.1 (relu1, fire3, fire5), weights {digest[..12]}",
            reports[0]);
        var recorded = Checkpoint.Options(Path.Combine(request.Out, Checkpoint.FileName));
        Assert.Equal(("SqueezeNet 1.1 (relu1, fire3, fire5)", digest), (recorded.Perceptual!.Network, recorded.Perceptual.Sha256));
        Train(request with { Resume = true });

        Assert.Contains("--features", Refused(request with { Features = null, Out = _folder.Combine("b") }), StringComparison.Ordinal);
        var other = FeatureLossTests.Squeezed(_folder, red: 2);
        Assert.Contains(
            $"The run began with features of {digest}", Refused(request with { Resume = true, Features = other }),
            StringComparison.Ordinal);
        Assert.Contains("not needed", Refused(
            request with { Out = _folder.Combine("c"), Options = Paper with { Perceptual = null } }), StringComparison.Ordinal);
        Assert.Equal(
            "The recipe clips CT to -20..100 HU, the training set 0..255.",
            Refused(request with { Options = Paper with { ClipLow = -20, ClipHigh = 100 } }));
        Assert.Equal(
            "The recipe's registration is linear, the training set's deformable.",
            Refused(request with { Options = Paper with { Registration = "linear" } }));

        void Train(TrainingRequest asked) =>
            TrainCommand.Run(asked, TimeProvider.System, new Notes(reports), CancellationToken.None);

        string Refused(TrainingRequest asked) => Assert.Throws<InvalidDataException>(() => Train(asked)).Message;
    }

    [Fact]
    public void Encoders_and_discriminators_begin_from_a_file_that_has_them()
    {
        using var scope = NewDisposeScope();
        var (real, path) = (Prepared(), _folder.Combine("resnet18.safetensors"));
        using var published = new ResNet18(channels: 3, classes: 10, width: 4);
        SafetensorsFile.Write(path, published.state_dict().Select(pair => (pair.Key, pair.Value)), new Dictionary<string, string>());
        var options = Paper with { StepsAdversarial = 0, Perceptual = null };
        TrainCommand.Run(
            new() { Real = real, Paired = [real], Out = _folder.Combine("out"), Encoder = path, Options = options }, TimeProvider.System,
            new Notes([]), CancellationToken.None);

        var checkpoint = _folder.Combine("out", Checkpoint.FileName);
        using var state = new TrainingState(Checkpoint.Options(checkpoint));
        Checkpoint.Load(checkpoint, state);
        Assert.Equal(WeightFile.Read(path).Sha256, state.Options.Encoder);
        var expected = published.state_dict()["layer3.1.conv2.weight"];
        foreach (var way in state.Ways)
        {
            Assert.True(expected.Equals(way.Generator.state_dict()["encoder.layer3.1.conv2.weight"]));
            Assert.True(expected.Equals(way.Average.state_dict()["encoder.layer3.1.conv2.weight"]));
            Assert.True(expected.Equals(way.Discriminator.state_dict()["layer3.1.conv2.weight"]));
        }
    }

    public void Dispose() => _folder.Dispose();

    private void Run(TrainingState state, FeatureNetwork features, int stopAfter)
    {
        using var stop = new CancellationTokenSource();
        new TrainingRun(state, TinyHeads.Data(), _folder.Path, TimeProvider.System, new Stop(stopAfter, stop), features).Run(stop.Token);
    }

    private string Prepared() => PreparedFolders.Real(_folder.Combine("real"), heads: 4);

    private static string FeatureNetworkDigest(string path)
    {
        using var features = FeatureNetwork.Read(path);
        return features.Sha256;
    }

    private static string Losses(string line) => string.Join(' ', JsonNode.Parse(line)!["losses"]!.AsObject().Select(loss => loss.Key));

    private sealed class Stop(int after, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step >= after)
                stop.Cancel();
        }
    }

    private sealed class Notes(List<string?> notes) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => notes.Add(value.Note);
    }
}
