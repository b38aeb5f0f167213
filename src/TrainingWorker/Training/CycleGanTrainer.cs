using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Losses;
using Gateway.TrainingWorker.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Stage B: CycleGAN (Zhu et al. 2017) on unpaired slices, stabilised by a structure term and by pairs. Without the adversarial
/// term both directions learn to undo each other and nothing else.</summary>
/// <remarks>Runs synchronously on one thread, because dispose scopes belong to the thread that opened them.</remarks>
/// <param name="features">What the recipe's perceptual loss compares; null where it has none.</param>
public sealed class CycleGanTrainer(TrainingState state, TrainingData data, FeatureNetwork? features = null)
{
    private readonly TrainingOptions _options = state.Options;
    private readonly DiscriminatorTrainer _discriminators = new(state);
    private readonly CycleLoss _cycle = new(state.Options, features);

    /// <summary>Updates both generators, then, if it is their turn, both discriminators, with real slices of each modality.</summary>
    public TrainingStep Step()
    {
        using var scope = NewDisposeScope();
        using var chance = new StepRandom(_options.Seed, state.Step, stream: 3, state.Device);
        var losses = new StepLosses();
        var real = data.Sides.ToDictionary(side => side.Profile.Modality, side => Batches.Slices(data, side, _options, Shape, chance));
        foreach (var way in state.Ways)
            if (_options.HoldStatistics)
                way.Generator.TrainWithFrozenStatistics();
            else
                way.Generator.train();

        var made = StepGenerators(real, losses, chance);
        if (_options.AdversarialWeight > 0 && (state.Step - _options.StepsPaired + 1) % _options.GeneratorStepsPerDiscriminator == 0)
            foreach (var way in state.Ways)
            {
                RequireGradients(way.Discriminator, true);
                _discriminators.Step(
                    way, real[way.Direction.To], way.Pool.Exchange(made[way], chance), Rate(_options.DiscriminatorRate), losses, chance);
            }
        return new()
        {
            Stage = _options.AdversarialWeight > 0 ? "adversarial" : "cycle",
            Losses = losses.Read(),
            GeneratorRate = Rate(_options.GeneratorRate),
            DiscriminatorRate = Rate(_options.DiscriminatorRate),
        };
    }

    private BatchSize Shape => new(_options.BatchAdversarial, _options.FullSize, _options.CropSize);

    private Dictionary<TrainedWay, Tensor> StepGenerators(Dictionary<Modality, Tensor> real, StepLosses losses, StepRandom chance)
    {
        foreach (var way in state.Ways)
        {
            RequireGradients(way.Discriminator, false);
            way.GeneratorAdam.ForgetGradients();
        }

        var made = new Dictionary<TrainedWay, Tensor>();
        var total = zeros(1, device: state.Device);
        foreach (var way in state.Ways)
        {
            var source = real[way.Direction.From];
            var image = made[way] = way.Generate(source);
            foreach (var (name, weight, loss) in Terms(way, source, image, real[way.Direction.To], chance))
                total = total.Plus(Weigh(name, way, weight, loss, losses));
        }
        total.backward();
        Anchor(losses, chance);
        foreach (var way in state.Ways)
        {
            way.GeneratorAdam.Step(Rate(_options.GeneratorRate), _options.AdversarialBeta1, _options.Beta2);
            way.MoveAverage();
        }
        return made;
    }

    private IEnumerable<(string Name, double Weight, Tensor Loss)> Terms(
        TrainedWay way, Tensor source, Tensor image, Tensor target, StepRandom chance)
    {
        if (_options.AdversarialWeight > 0)
            yield return ("adv", _options.AdversarialWeight, _discriminators.Judge(way, image, chance));
        foreach (var term in _cycle.Terms(state.Back(way)!.Generate(Disturbed(image, chance)), source))
            yield return term;
        if (_options.StructureWeight > 0)
            yield return ("mind", _options.StructureWeight, ImageLosses.Structure(source, image));
        if (_options.BackgroundWeight > 0)
            yield return ("air", _options.BackgroundWeight, ImageLosses.Background(source, image));
        if (Falling(_options.IdentityWeight, 0) is > 0 and var identity)
            yield return ("same", identity, (way.Generate(target) - target).abs().mean());
    }

    private Tensor Disturbed(Tensor image, StepRandom chance) =>
        _options.CycleNoise > 0 ? image.Plus(chance.Normal(image.shape).Times(_options.CycleNoise)) : image;

    // Adds gradients to those of the real slices; the optimiser makes one step for both.
    private void Anchor(StepLosses losses, StepRandom chance)
    {
        var weight = Falling(_options.AnchorWeight, _options.AnchorWeightEnd) * _options.AnchorEvery;
        if (weight <= 0 || state.Step % _options.AnchorEvery != 0)
            return;
        foreach (var way in state.Ways)
        {
            var batch = Batches.Pairs(data, _options, way.Direction, way.IsWide, Shape, chance);
            PairedLoss.Of(way.Make(batch.Source), batch, _options, Named("anchor", way), losses).Times(weight).backward();
        }
    }

    private static Tensor Weigh(string name, TrainedWay way, double weight, Tensor loss, StepLosses losses)
    {
        losses.Add(Named(name, way), loss);
        return loss.Times(weight);
    }

    private static string Named(string loss, TrainedWay way) => $"{loss}.{way.Direction.To.Code}";

    private static void RequireGradients(nn.Module module, bool required)
    {
        foreach (var parameter in module.parameters())
            parameter.requires_grad = required;
    }

    private double Progress => (double)(state.Step - _options.StepsPaired) / Math.Max(1, _options.StepsAdversarial);

    private double Falling(double start, double end) => start + (end - start) * Progress;

    private double Rate(double rate)
        => _options.ConstantShare >= 1 ? rate : rate * Math.Max(0.05, Math.Min(1, (1 - Progress) / (1 - _options.ConstantShare)));
}
