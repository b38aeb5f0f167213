using Gateway.Imaging.Modalities;
using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Stage B: CycleGAN (Zhu et al. 2017) on unpaired real slices, stabilised by a structure term and by paired phantoms.</summary>
/// <remarks>Runs synchronously on one thread, because dispose scopes belong to the thread that opened them.</remarks>
public sealed class CycleGanTrainer(TrainingState state, TrainingData data)
{
    private readonly TrainingOptions _options = state.Options;

    /// <summary>Updates both generators, then both discriminators, with one real slice of each modality.</summary>
    public TrainingStep Step()
    {
        using var scope = NewDisposeScope();
        using var chance = new StepRandom(_options.Seed, state.Step, stream: 3, state.Device);
        var losses = new StepLosses();
        var real = data.Sides.ToDictionary(
            side => side.Profile.Modality, side => Batches.Real(side.Train, Shape, chance));
        foreach (var way in state.Ways)
            way.Generator.TrainWithFrozenStatistics();

        var made = StepGenerators(real, losses, chance);
        foreach (var way in state.Ways)
            StepDiscriminator(way, real[way.Direction.To], way.Pool.Exchange(made[way], chance), losses, chance);
        return new()
        {
            Stage = "adversarial",
            Losses = losses.Read(),
            GeneratorRate = Rate(_options.GeneratorRate),
            DiscriminatorRate = Rate(_options.DiscriminatorRate),
        };
    }

    private BatchSize Shape => new(1, _options.FullSize, _options.CropSize);

    private Dictionary<TrainedWay, Tensor> StepGenerators(Dictionary<Modality, Tensor> real, StepLosses losses, StepRandom chance)
    {
        foreach (var way in state.Ways)
        {
            RequireGradients(way.Discriminator, false);
            way.GeneratorAdam.ZeroGradients();
        }

        var made = new Dictionary<TrainedWay, Tensor>();
        var total = zeros(1, device: state.Device);
        foreach (var way in state.Ways)
        {
            var (source, target) = (real[way.Direction.From], real[way.Direction.To]);
            var image = made[way] = way.Generate(source);
            var back = state.Back(way)!.Generate(image);
            var judged = way.Discriminator.call(Disguise(image, chance.Below(int.MaxValue)));
            total = total
                .Plus(Weigh("adv", way, _options.AdversarialWeight, ImageLosses.LeastSquares(judged, 1), losses))
                .Plus(Weigh("cycle", way, _options.CycleWeight, ImageLosses.Reconstruction(back, source, _options.SsimShare), losses))
                .Plus(Weigh("mind", way, _options.StructureWeight, ImageLosses.Structure(source, image), losses))
                .Plus(Weigh("air", way, _options.BackgroundWeight, ImageLosses.Background(source, image), losses));
            if (Falling(_options.IdentityWeight, 0) is > 0 and var identity)
                total = total.Plus(Weigh("same", way, identity, (way.Generate(target) - target).abs().mean(), losses));
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

    private void StepDiscriminator(TrainedWay way, Tensor real, Tensor made, StepLosses losses, StepRandom chance)
    {
        var discriminator = way.Discriminator;
        RequireGradients(discriminator, true);
        way.DiscriminatorAdam.ZeroGradients();
        var same = chance.Below(int.MaxValue);
        var both = cat([Disguise(real, same), Disguise(made, same)], 0);
        var judged = discriminator.call(both);
        var (onReal, onMade) = (judged.narrow(0, 0, 1), judged.narrow(0, 1, 1));
        var loss = ImageLosses.LeastSquares(onReal, 1).Plus(ImageLosses.LeastSquares(onMade, 0)).Over(2);
        losses.Add(Named("d", way), loss);
        losses.Add(Named("accuracy", way), Share(onMade).Plus(1).Over(2) - Share(onReal).Over(2));
        if (_options.PenaltyWeight > 0 && state.Step % _options.PenaltyEvery == 0)
            loss = loss.Plus(Penalty(discriminator, both.detach(), chance).Times(_options.PenaltyWeight * _options.PenaltyEvery));
        loss.backward();
        way.DiscriminatorAdam.Step(Rate(_options.DiscriminatorRate), _options.AdversarialBeta1, _options.Beta2);
    }

    // Of the patches that are taken for made ones.
    private static Tensor Share(Tensor judged) => judged.detach().Below(0.5).to_type(ScalarType.Float32).mean();

    // The discriminator should be flat between real and made images (Torbunov et al. 2023, UVCGAN).
    private static Tensor Penalty(nn.Module<Tensor, Tensor> discriminator, Tensor both, StepRandom chance)
    {
        var mix = chance.Uniform(0, 1);
        var between = both.narrow(0, 0, 1).Times(mix).Plus(both.narrow(0, 1, 1).Times(1 - mix)).requires_grad_();
        // retain_graph must be set together with create_graph; otherwise the second backward finds the graph freed.
        var slope = autograd.grad([discriminator.call(between).mean()], [between], retain_graph: true, create_graph: true)[0];
        return slope.Squared().sum();
    }

    // DiffAugment (Zhao et al. 2020): shifts by up to an eighth and changes brightness and contrast. Real and made images get the same, and
    // gradients pass.
    private Tensor Disguise(Tensor image, int seed)
    {
        using var scope = NewDisposeScope();
        var chance = new Random(seed);
        var size = _options.CropSize;
        int reach = size / 8, dx = chance.Next(2 * reach + 1), dy = chance.Next(2 * reach + 1);
        var contrast = 0.8 + 0.4 * chance.NextDouble();
        var brightness = 0.2 * (chance.NextDouble() - 0.5);
        var shifted = nn.functional.pad(image, [reach, reach, reach, reach], PaddingModes.Constant, -1).narrow(2, dy, size)
            .narrow(3, dx, size);
        return shifted.Times(contrast).Plus(brightness).MoveToOuterDisposeScope();
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
        => rate * Math.Max(0.05, Math.Min(1, (1 - Progress) / (1 - _options.ConstantShare)));
}
