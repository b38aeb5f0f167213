using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Stage B: CycleGAN (Zhu et al. 2017) on unpaired real slices, held by a structure term and by paired phantoms.</summary>
/// <remarks>Synchronous and on one thread: dispose scopes belong to the thread that opened them.</remarks>
public sealed class CycleGanTrainer(TrainingState state, TrainingData data)
{
    private readonly TrainingOptions _options = state.Options;

    /// <summary>One update of both generators, then of both discriminators, from one real slice of each modality.</summary>
    /// <returns>Losses by short name, before weighting.</returns>
    public Dictionary<string, double> Step()
    {
        using var scope = NewDisposeScope();
        using var chance = new StepRandom(_options.Seed, state.Step, stream: 3);
        var losses = new Dictionary<string, double>(StringComparer.Ordinal);
        // Index 0 is T2, 1 is CT; made[i] is of the modality that generator i makes.
        Tensor[] real =
        [
            Batches.Real(data.T2Train, 1, _options.FullSize, _options.CropSize, chance),
            Batches.Real(data.CtTrain, 1, _options.FullSize, _options.CropSize, chance),
        ];
        foreach (var generator in state.Generators)
            generator.TrainWithFrozenStatistics();

        var made = StepGenerators(real, losses, chance);
        for (var i = 0; i < 2; i++)
            StepDiscriminator(i, real[1 - i], state.Pools[i].Exchange(made[i], chance), losses, chance);
        return losses;
    }

    private Tensor[] StepGenerators(Tensor[] real, Dictionary<string, double> losses, StepRandom chance)
    {
        foreach (var discriminator in state.Discriminators)
            RequireGradients(discriminator, false);
        foreach (var adam in state.GeneratorAdams)
            adam.ZeroGradients();

        var made = new Tensor[2];
        var total = zeros(1);
        for (var i = 0; i < 2; i++)
        {
            made[i] = state.Generate(i, real[i]);
            var back = state.Generate(1 - i, made[i]);
            var judged = state.Discriminators[i].call(Disguise(made[i], chance.Below(int.MaxValue)));
            total = total
                + Weigh("adv", i, _options.AdversarialWeight, ImageLosses.LeastSquares(judged, 1), losses)
                + Weigh("cycle", i, _options.CycleWeight, ImageLosses.Reconstruction(back, real[i], _options.SsimShare), losses)
                + Weigh("mind", i, _options.StructureWeight, ImageLosses.Structure(real[i], made[i]), losses)
                + Weigh("air", i, _options.BackgroundWeight, ImageLosses.Background(real[i], made[i]), losses);
            if (Falling(_options.IdentityWeight, 0) is > 0 and var identity)
                total = total + Weigh("same", i, identity, (state.Generate(i, real[1 - i]) - real[1 - i]).abs().mean(), losses);
        }
        total.backward();
        Anchor(losses, chance);
        for (var i = 0; i < 2; i++)
        {
            state.GeneratorAdams[i].Step(Rate(_options.GeneratorRate), _options.AdversarialBeta1, _options.Beta2);
            state.Average(i);
        }
        return made;
    }

    // Gradients add to those of the real slices; the optimiser steps once for both.
    private void Anchor(Dictionary<string, double> losses, StepRandom chance)
    {
        var weight = Falling(_options.AnchorWeight, _options.AnchorWeightEnd) * _options.AnchorEvery;
        if (weight <= 0 || state.Step % _options.AnchorEvery != 0)
            return;
        for (var i = 0; i < 2; i++)
        {
            var (source, target) = Batches.Pairs(data, _options.PseudoShare, i == 0, 1, _options.FullSize, _options.CropSize, chance);
            Weigh("anchor", i, weight, ImageLosses.Reconstruction(state.Generate(i, source), target, _options.SsimShare), losses).backward();
        }
    }

    private void StepDiscriminator(int i, Tensor real, Tensor made, Dictionary<string, double> losses, StepRandom chance)
    {
        var discriminator = state.Discriminators[i];
        RequireGradients(discriminator, true);
        state.DiscriminatorAdams[i].ZeroGradients();
        var same = chance.Below(int.MaxValue);
        var both = cat([Disguise(real, same), Disguise(made, same)], 0);
        var judged = discriminator.call(both);
        var (onReal, onMade) = (judged.narrow(0, 0, 1), judged.narrow(0, 1, 1));
        var loss = (ImageLosses.LeastSquares(onReal, 1) + ImageLosses.LeastSquares(onMade, 0)) / 2;
        losses[i == 0 ? "d.ct" : "d.t2"] = loss.item<float>();
        if (_options.PenaltyWeight > 0 && state.Step % _options.PenaltyEvery == 0)
            loss = loss + Penalty(discriminator, both.detach(), chance) * (_options.PenaltyWeight * _options.PenaltyEvery);
        loss.backward();
        state.DiscriminatorAdams[i].Step(Rate(_options.DiscriminatorRate), _options.AdversarialBeta1, _options.Beta2);
    }

    // Between real and made the discriminator shall be flat (Torbunov et al. 2023, UVCGAN).
    private static Tensor Penalty(nn.Module<Tensor, Tensor> discriminator, Tensor both, StepRandom chance)
    {
        var mix = chance.Uniform(0, 1);
        var between = (both.narrow(0, 0, 1) * mix + both.narrow(0, 1, 1) * (1 - mix)).requires_grad_();
        // retain_graph has to be said beside create_graph, or the second backward finds the graph freed.
        var slope = autograd.grad([discriminator.call(between).mean()], [between], retain_graph: true, create_graph: true)[0];
        return slope.square().sum();
    }

    // DiffAugment (Zhao et al. 2020): a shift of up to an eighth and another brightness and contrast, equal for real and made, gradients through.
    private Tensor Disguise(Tensor image, int seed)
    {
        using var scope = NewDisposeScope();
        var chance = new Random(seed);
        var size = _options.CropSize;
        int reach = size / 8, dx = chance.Next(2 * reach + 1), dy = chance.Next(2 * reach + 1);
        var contrast = 0.8 + 0.4 * chance.NextDouble();
        var brightness = 0.2 * (chance.NextDouble() - 0.5);
        var shifted = nn.functional.pad(image, [reach, reach, reach, reach], PaddingModes.Constant, -1).narrow(2, dy, size).narrow(3, dx, size);
        return (shifted * contrast + brightness).MoveToOuterDisposeScope();
    }

    private static Tensor Weigh(string name, int direction, double weight, Tensor loss, Dictionary<string, double> losses)
    {
        losses[$"{name}.{(direction == 0 ? "ct" : "t2")}"] = loss.item<float>();
        return loss * weight;
    }

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
