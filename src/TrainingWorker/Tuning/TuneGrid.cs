using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingWorker.Tuning;

/// <summary>Which cells there are.</summary>
/// <param name="request">Sizes and numbers.</param>
/// <param name="features">Of the perceptual loss.</param>
internal sealed class TuneGrid(TuneRequest request, FeatureNetwork features)
{
    /// <summary>The cell with the report's own values.</summary>
    public const string Reported = "as reported";

    public const string Mse = "cycle by MSE alone", Ssim = "cycle by 1 - SSIM alone", Style = "with the style term";

    private const int Batch = 4;
    private const int PublishedSize = 256;
    private const int SmallestSize = 32;
    private const int LeastWidth = 4;
    private const int EpochsOfASheet = 5;

    /// <summary>Recipes that are compared; the first is held against the others.</summary>
    public static IReadOnlyList<string> Compared { get; } = ["gateway", "phantom-anchored", "paper"];

    /// <summary>What the report tuned, one thing at a time, and what it left out on the way.</summary>
    public IReadOnlyList<TuneCell> Ablation()
    {
        var reported = Reduced("paper", request.Updates, request.Limit);
        var features = reported.Perceptual!;
        (string Name, TrainingOptions Options)[] rows =
        [
            (Mse, reported with { CycleLoss = "mse", Perceptual = null }),
            (Ssim, reported with { Perceptual = null }),
            (Reported, reported),
            ("k = 1", reported with { GeneratorStepsPerDiscriminator = 1 }),
            ("rates 2e-4, 2e-4", reported with { GeneratorRate = 2e-4, DiscriminatorRate = 2e-4 }),
            ("features x 0.1", reported with { Perceptual = features with { Weight = 0.1 * features.Weight } }),
            ("features x 10", reported with { Perceptual = features with { Weight = 10 * features.Weight } }),
            ("cycle x 0.1", reported with { CycleWeight = 0.1 * reported.CycleWeight }),
            (Style, reported with { Perceptual = features with { Style = 100 } }),
        ];
        return [.. rows.SelectMany(row => Seeds(row.Options).Select(options => new TuneCell
        {
            Name = row.Name,
            Images = request.Limit,
            Options = options,
            Milestones = [options.StepsTotal],
        }))];
    }

    /// <summary>The best cell of the ablation on all images, scored at three fifths of the way, as the report did, and at its
    /// end.</summary>
    /// <param name="images">How many there are of the modality that has more.</param>
    public TuneCell Winner(TuneCell best, int images)
    {
        var steps = request.Epochs * StepsOfAnEpoch(images);
        return new()
        {
            Name = "winner on all images",
            Options = best.Options with { StepsAdversarial = steps, SheetEvery = EpochsOfASheet * StepsOfAnEpoch(images) },
            Milestones = [3 * steps / 5, steps],
        };
    }

    /// <summary>The recipes with equally many updates of each generator, scored four times on the way.</summary>
    public IReadOnlyList<TuneCell> Comparison() =>
    [
        .. from recipe in Compared
           from options in Seeds(Reduced(recipe, request.Updates, images: request.Limit))
           select new TuneCell
           {
               Name = recipe,
               Options = options,
               Milestones = [.. Enumerable.Range(1, 4).Select(quarter => quarter * options.StepsTotal / 4)],
           },
    ];

    public static int StepsOfAnEpoch(int images) => Math.Max(1, (images + Batch - 1) / Batch);

    private IEnumerable<TrainingOptions> Seeds(TrainingOptions options) =>
        Enumerable.Range(1, request.Seeds).Select(seed => options with { Seed = seed });

    // In stage A a step updates one generator, in stage B both. The share of the two stages is the recipe's.
    private TrainingOptions Reduced(string recipe, int updates, int images)
    {
        var whole = RecipeFile.Shipped(recipe);
        double paired = whole.StepsPaired / 2.0, all = paired + whole.StepsAdversarial, scale = updates / all;
        var inPairs = (int)Math.Round(paired * scale);
        var small = (int)Math.Round(2.0 * inPairs * whole.StepsSmall / Math.Max(1, whole.StepsPaired));
        return whole with
        {
            StepsSmall = small,
            StepsFull = 2 * inPairs - small,
            StepsAdversarial = updates - inPairs,
            PairedWarmup = (int)Math.Ceiling(whole.PairedWarmup * scale),
            AverageDecay = whole.AverageDecay > 0 ? Math.Max(0, 1 - (1 - whole.AverageDecay) / scale) : 0,
            SmallSize = Math.Max(SmallestSize, whole.SmallSize * request.Size / PublishedSize),
            FullSize = request.Size,
            CropSize = request.Size,
            GeneratorWidth = request.Width,
            DiscriminatorWidth = Math.Max(LeastWidth, whole.DiscriminatorWidth * request.Width / UNetResNet18.PublishedWidth),
            BatchSmall = Batch,
            BatchFull = Batch,
            BatchAdversarial = Batch,
            ClipLow = -20,
            ClipHigh = 100,
            Registration = "linear",
            PairedWeights = [],
            PseudoShare = 0,
            MaskShare = 0,
            BFloat16 = false,
            CalibrationBatches = 10,
            Perceptual = whole.Perceptual is { } perceptual
                ? perceptual with { Network = features.Name, Sha256 = features.Sha256 } : null,
            Threads = 1,
            CheckpointMinutes = 1,
            ProgressEvery = 50,
            EvaluateEvery = 0,
            SheetEvery = EpochsOfASheet * StepsOfAnEpoch(images),
        };
    }
}
