using Gateway.TrainingWorker.Losses;
using Gateway.TrainingWorker.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>The discriminators' part of a step of stage B.</summary>
/// <param name="state">Whose options say how.</param>
internal sealed class DiscriminatorTrainer(TrainingState state)
{
    private readonly TrainingOptions _options = state.Options;
    private readonly AdversarialLoss _loss = AdversarialLoss.Named(state.Options.Adversarial);

    /// <summary>Small when the images are taken for real ones; gradients reach the images and not the discriminator.</summary>
    public Tensor Judge(TrainedWay way, Tensor made, StepRandom chance) =>
        _loss.OfGenerator(way.Discriminator.call(Disguise(made, chance.Below(int.MaxValue))));

    /// <summary>Updates one discriminator.</summary>
    /// <param name="real">N x 1 x H x W.</param>
    /// <param name="made">The same, without gradients.</param>
    public void Step(TrainedWay way, Tensor real, Tensor made, double rate, StepLosses losses, StepRandom chance)
    {
        way.DiscriminatorAdam.ForgetGradients();
        var same = chance.Below(int.MaxValue);
        var both = cat([Disguise(real, same), Disguise(made, same)], 0);
        var (onReal, onMade) = JudgeBoth(way.Discriminator, both);
        var loss = _loss.OfDiscriminator(onReal, onMade);
        losses.Add($"d.{way.Direction.To.Code}", loss);
        losses.Add($"accuracy.{way.Direction.To.Code}", _loss.Accuracy(onReal, onMade));
        if (_options.PenaltyWeight > 0 && state.Step % _options.PenaltyEvery == 0)
            loss = loss.Plus(Penalty(way.Discriminator, both.detach(), chance).Times(_options.PenaltyWeight * _options.PenaltyEvery));
        loss.backward();
        way.DiscriminatorAdam.Step(rate, _options.AdversarialBeta1, _options.Beta2);
    }

    // A batch norm that sees real and made ones together would tell each of the other.
    private static (Tensor Real, Tensor Made) JudgeBoth(nn.Module<Tensor, Tensor> discriminator, Tensor both)
    {
        var count = both.shape[0] / 2;
        if (discriminator is ResNet18)
            return (discriminator.call(both.narrow(0, 0, count)), discriminator.call(both.narrow(0, count, count)));
        var judged = discriminator.call(both);
        return (judged.narrow(0, 0, count), judged.narrow(0, count, count));
    }

    // The discriminator should be flat between real and made images (Torbunov et al. 2023, UVCGAN).
    private static Tensor Penalty(nn.Module<Tensor, Tensor> discriminator, Tensor both, StepRandom chance)
    {
        var (mix, count) = (chance.Uniform(0, 1), both.shape[0] / 2);
        var between = both.narrow(0, 0, count).Times(mix).Plus(both.narrow(0, count, count).Times(1 - mix)).requires_grad_();
        // retain_graph must be set together with create_graph; otherwise the second backward finds the graph freed.
        var slope = autograd.grad([discriminator.call(between).mean()], [between], retain_graph: true, create_graph: true)[0];
        return slope.Squared().sum().Times(count);
    }

    // DiffAugment (Zhao et al. 2020): shifts by up to an eighth and changes brightness and contrast. Real and made images get the same, and
    // gradients pass.
    private Tensor Disguise(Tensor image, int seed)
    {
        using var scope = NewDisposeScope();
        if (!_options.Disguise)
            return image.alias().MoveToOuterDisposeScope();
        var chance = new Random(seed);
        var size = _options.CropSize;
        int reach = size / 8, dx = chance.Next(2 * reach + 1), dy = chance.Next(2 * reach + 1);
        var contrast = 0.8 + 0.4 * chance.NextDouble();
        var brightness = 0.2 * (chance.NextDouble() - 0.5);
        var shifted = nn.functional.pad(image, [reach, reach, reach, reach], PaddingModes.Constant, -1).narrow(2, dy, size)
            .narrow(3, dx, size);
        return shifted.Times(contrast).Plus(brightness).MoveToOuterDisposeScope();
    }
}
