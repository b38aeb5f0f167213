using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Gateway.Imaging.Modalities;

namespace Gateway.TrainingWorker.Training;

/// <summary>All settings of a training run. The recipe and its reasons: docs/decisions/0003-phantom-anchored-cyclegan.md.</summary>
public sealed record TrainingOptions
{
    /// <summary>One direction of the pair whose two generators are trained; the other is its reverse.</summary>
    public string Direction { get; init; } = "t2-ct";

    /// <summary>The one direction that this process trains; null trains both. Stage B needs both.</summary>
    public string? Only { get; init; }

    /// <summary>Channels of the generator's first stage; 64 is the published network.</summary>
    public int GeneratorWidth { get; init; } = 64;

    /// <summary>Channels of the discriminator's first layer. Half of the published 64, because a larger one soon memorises a small
    /// archive.</summary>
    public int DiscriminatorWidth { get; init; } = 32;

    /// <summary>What judges images in stage B: <c>patch</c> (70 x 70 PatchGAN) or <c>resnet18</c> (a classifier of whole images).</summary>
    public string Discriminator { get; init; } = "patch";

    /// <summary>A second channel of a generator of CT: the same slice in the window <see cref="GreyRange.Wide"/>, so that bone has density
    /// and sinuses are air.</summary>
    public bool WideChannel { get; init; }

    /// <summary>Hounsfield units that the training set was clipped to, and whether its slices were deformed onto the reference.</summary>
    public double ClipLow { get; init; } = -20;
    public double ClipHigh { get; init; } = 100;
    public string Registration { get; init; } = "linear";

    /// <summary>Stage A: steps at <see cref="SmallSize"/>. Even steps train one direction, odd steps its reverse.</summary>
    public int StepsSmall { get; init; } = 2400;

    /// <summary>Stage A: further steps at <see cref="FullSize"/>.</summary>
    public int StepsFull { get; init; } = 600;

    /// <summary>Stage B: steps of both directions together, by cycles with the pairs as anchor: CycleGAN where
    /// <see cref="AdversarialWeight"/> is above 0.</summary>
    public int StepsAdversarial { get; init; } = 4000;

    /// <summary>Pixels a side; multiples of 32.</summary>
    public int SmallSize { get; init; } = 128;
    public int FullSize { get; init; } = 256;

    /// <summary>Side of the random crop that a full-size step trains on. 192 pixels contain all local looks of a head, at 56 % of the
    /// cost.</summary>
    public int CropSize { get; init; } = 192;

    /// <summary>Convolve in bfloat16 while training; weights, optimiser, losses and every evaluation stay float32. 1.7 times faster with
    /// AVX512-BF16, slower without.</summary>
    public bool BFloat16 { get; init; }
    public int BatchSmall { get; init; } = 4;
    public int BatchFull { get; init; } = 2;

    public double PairedRate { get; init; } = 5e-4;
    public double PairedRateEnd { get; init; } = 5e-5;
    public int PairedWarmup { get; init; } = 60;

    public double GeneratorRate { get; init; } = 1e-4;
    public double DiscriminatorRate { get; init; } = 2e-4;

    /// <summary>Share of stage B with constant rates; afterwards they fall linearly to a twentieth.</summary>
    public double ConstantShare { get; init; } = 0.5;
    public double AdversarialBeta1 { get; init; } = 0.5;
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Share of a weight that is taken off it at each step, times the rate (AdamW, Loshchilov and Hutter 2019).</summary>
    public double WeightDecay { get; init; }

    /// <summary>Stage A: share of its steps after which the batch norms' statistics are measured on whole slices and held, so that the rest
    /// trains what will be exported; 1 is never.</summary>
    public double FreezeStatisticsAt { get; init; } = 1;

    /// <summary>Stage B: real slices of each modality in a step, and whether the batch norms normalise by statistics that are held, as they
    /// will when the model is used; else by those of each batch.</summary>
    public int BatchAdversarial { get; init; } = 1;
    public bool HoldStatistics { get; init; } = true;

    /// <summary>Whether real and made images are moved and changed alike before they are judged (DiffAugment).</summary>
    public bool Disguise { get; init; } = true;

    /// <summary>Digest of the file of ResNet-18 weights from photographs that encoders, and discriminators of that kind, began from; a run
    /// fills it in. Null: they were drawn.</summary>
    public string? Encoder { get; init; }

    /// <summary>Stage B: updates of the generators for one of the discriminators.</summary>
    public int GeneratorStepsPerDiscriminator { get; init; } = 1;

    /// <summary>Share of 1 - SSIM in every reconstruction distance; the rest is the mean absolute difference.</summary>
    public double SsimShare { get; init; } = 0.5;

    /// <summary>Paired loss: weight of the wide channel's mean absolute difference, of the soft Dice of bone in it, and of a finding's
    /// pixels beside 1 for all others.</summary>
    public double WideWeight { get; init; } = 4;
    public double BoneWeight { get; init; }
    public double FindingWeight { get; init; } = 1;

    /// <summary><c>lsgan</c> (least squares) or <c>bce</c> (binary cross entropy).</summary>
    public string Adversarial { get; init; } = "lsgan";

    /// <summary><c>reconstruction</c> (<see cref="SsimShare"/>), <c>ssim</c> (1 - SSIM alone) or <c>mse</c> (mean squared
    /// difference).</summary>
    public string CycleLoss { get; init; } = "reconstruction";

    /// <summary>Distances of features in the cycle; null for none.</summary>
    public PerceptualOptions? Perceptual { get; init; }

    public double AdversarialWeight { get; init; } = 1;
    public double CycleWeight { get; init; } = 10;

    /// <summary>Standard deviation, on a range of 2, of the noise that a translation gets before it is translated back, so that nothing can
    /// be hidden in it (Chu et al. 2017).</summary>
    public double CycleNoise { get; init; }

    /// <summary>Stage B: share of its slices that are taken from the pairs. All are where a modality has no real ones.</summary>
    public double CyclePairs { get; init; }
    public double StructureWeight { get; init; } = 3;
    public double BackgroundWeight { get; init; } = 5;

    /// <summary>Weight of leaving images of the target modality unchanged, falling linearly to 0 over stage B.
    /// Off, because the phantom anchor
    /// already fixes the grey scale, and it costs a third of a step.</summary>
    public double IdentityWeight { get; init; }

    /// <summary>Weight of the paired phantom loss in stage B, falling linearly from start to end.</summary>
    public double AnchorWeight { get; init; } = 10;
    public double AnchorWeightEnd { get; init; } = 2;
    public int AnchorEvery { get; init; } = 2;

    /// <summary>Weight of the zero-centred gradient penalty on the discriminators; 0 is off. It is applied every <see cref="PenaltyEvery"/>
    /// steps, multiplied by that number.</summary>
    public double PenaltyWeight { get; init; } = 1;
    public int PenaltyEvery { get; init; } = 8;

    /// <summary>How often a pair is drawn from each folder of pairs, in the order in which they are named, relative to each other; empty:
    /// by how many it holds.</summary>
    public IReadOnlyList<double> PairedWeights { get; init; } = [];

    /// <summary>Share of a folder's pairs that are drawn by a kind of finding, each kind as often as the others, however rare it
    /// is.</summary>
    public double FindingShare { get; init; }

    /// <summary>Share of sources that get the looks of thick or coarse sampling along one axis, and of another curve of grey; 0 draws
    /// none.</summary>
    public double CoarseShare { get; init; }
    public double CurveShare { get; init; }

    /// <summary>Share of sources that are cut by their modality's reference mask where the product cuts every slice by it (CT).</summary>
    public double MaskShare { get; init; }

    /// <summary>Strength of the looks of a source in Hounsfield units, which are absolute; null: as its profile says.</summary>
    public double? HounsfieldLooks { get; init; }

    /// <summary>Share of pairs that consist of a real slice and the other modality made from it by rules, if there are any.</summary>
    public double PseudoShare { get; init; } = 0.4;

    /// <summary>Least similarity of a real slice's brain to its reference's. Slices of other levels would teach
    /// one modality anatomy that the
    /// other never shows.</summary>
    public double LeastNccInside { get; init; } = 0.4;

    public int PoolSize { get; init; } = 50;
    public double AverageDecay { get; init; } = 0.999;

    /// <summary>Number of batches for measuring the batch norms' statistics again between the stages.</summary>
    public int CalibrationBatches { get; init; } = 40;

    /// <summary>In a job: go on from the two champions instead of drawn weights. Its <see cref="GeneratorWidth"/> is then theirs.</summary>
    public bool FromChampion { get; init; }

    /// <summary>Digests of the models that the two generators go on from, in the order of the directions; empty: they are drawn. A job with
    /// <see cref="FromChampion"/> fills it in.</summary>
    public IReadOnlyList<string> Parents { get; init; } = [];

    /// <summary>In a job: heads whose pairs are made to train on, and so many slices on each side of a sample's own.</summary>
    public int Phantoms { get; init; } = 200;
    public int Neighbours { get; init; } = 1;

    public int Seed { get; init; } = 20260101;
    public int Threads { get; init; } = 1;
    public double CheckpointMinutes { get; init; } = 8;

    /// <summary>A checkpoint also after so many steps; 0: by the clock only.</summary>
    public int CheckpointSteps { get; init; }
    public int ProgressEvery { get; init; } = 10;
    public int SheetEvery { get; init; } = 300;

    /// <summary>Steps between two evaluations on held-out pairs, which keep the best weights; 0: none. And at most so many pairs of each
    /// folder.</summary>
    public int EvaluateEvery { get; init; }
    public int EvaluatePairs { get; init; } = 48;

    /// <summary>The directions that are trained, in the order of their numbers.</summary>
    /// <exception cref="InvalidDataException"><see cref="Only"/> is none of the pair's directions.</exception>
    [JsonIgnore]
    public IReadOnlyList<Direction> Trained
    {
        get
        {
            var there = Imaging.Modalities.Direction.Parse(Direction);
            Direction[] both = [there, there.Reverse];
            return Only is null ? both
                : Array.Find(both, one => one.Name == Only) is { } only ? [only]
                : throw new InvalidDataException($"Only is {Only}; the pair's directions are {both[0]} and {both[1]}.");
        }
    }

    [JsonIgnore]
    public int StepsPaired => StepsSmall + StepsFull;

    [JsonIgnore]
    public int StepsTotal => StepsPaired + StepsAdversarial;

    /// <summary>Number of a direction in the names of a checkpoint's tensors: 0 for <see cref="Direction"/>, 1 for its reverse.</summary>
    public int NumberOf(Direction direction) => direction?.Name == Direction ? 0 : 1;

    /// <summary>Channels that a direction's generator makes.</summary>
    public int OutputsOf(Direction direction) => WideChannel && ShippedModalities.Table[direction.To].IsHounsfield ? 2 : 1;

    /// <summary>Differences between two recipes, each as <c>Name value, not value</c> with this recipe's value first.</summary>
    public IReadOnlyList<string> Differences(TrainingOptions other)
    {
        var (ours, theirs) = (Json(this), Json(other));
        return [.. ours.Where(option => !JsonNode.DeepEquals(option.Value, theirs[option.Key]))
            .Select(option => $"{option.Key} {option.Value}, not {theirs[option.Key]}")];
    }

    /// <summary>The same with at most this many steps; stage B gives up steps first.</summary>
    public TrainingOptions Within(int steps) => this with
    {
        StepsSmall = Math.Min(StepsSmall, steps),
        StepsFull = Math.Clamp(steps - StepsSmall, 0, StepsFull),
        StepsAdversarial = Math.Clamp(steps - StepsPaired, 0, StepsAdversarial),
    };

    private static JsonObject Json(TrainingOptions options) => JsonSerializer.SerializeToNode(options)!.AsObject();
}
