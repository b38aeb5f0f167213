using Gateway.TrainingWorker.Losses;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Training;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

public class AdversarialLossTests
{
    [Fact]
    public void Both_losses_have_the_values_of_their_formulas()
    {
        using var scope = NewDisposeScope();
        var (real, made) = (tensor(2f), tensor(-1f));
        Assert.Equal(4, AdversarialLoss.LeastSquares.OfGenerator(made).item<float>(), 5);
        Assert.Equal((1 + 1) / 2.0, AdversarialLoss.LeastSquares.OfDiscriminator(real, made).item<float>(), 5);
        Assert.Equal(Math.Log(1 + Math.E), AdversarialLoss.CrossEntropy.OfGenerator(made).item<float>(), 5);
        Assert.Equal(
            Math.Log(1 + Math.Exp(-2)) + Math.Log(1 + Math.Exp(-1)),
            AdversarialLoss.CrossEntropy.OfDiscriminator(real, made).item<float>(), 5);
    }

    [Fact]
    public void A_generator_that_is_seen_through_still_gets_a_gradient_of_cross_entropy()
    {
        using var scope = NewDisposeScope();
        var judged = tensor([-40f], requires_grad: true);
        AdversarialLoss.CrossEntropy.OfGenerator(judged).backward();
        Assert.Equal(-1, judged.grad!.item<float>(), 5);
    }

    [Fact]
    public void Accuracy_counts_real_and_made_alike()
    {
        using var scope = NewDisposeScope();
        var (real, made) = (tensor([1f, 1, 1, -1]), tensor([-1f, 1]));
        Assert.Equal(0.5 * 3 / 4 + 0.5 * 1 / 2, AdversarialLoss.CrossEntropy.Accuracy(real, made).item<float>(), 5);
        Assert.Equal(0.5, AdversarialLoss.LeastSquares.Accuracy(ones(3).Times(0.4), ones(3).Times(0.4)).item<float>(), 5);
    }

    [Fact]
    public void A_loss_is_found_by_its_name_and_an_unknown_name_is_told()
    {
        Assert.All(AdversarialLoss.All, loss => Assert.Same(loss, AdversarialLoss.Named(loss.Name)));
        var fault = Assert.Throws<InvalidDataException>(() => AdversarialLoss.Named("wgan"));
        Assert.Equal("wgan is no adversarial loss; there are lsgan, bce.", fault.Message);
    }

    [Fact]
    public void A_resnet_learns_to_tell_two_kinds_of_image_apart_by_cross_entropy()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var network = new ResNet18(channels: 1, classes: 1, width: 4);
        using var adam = new Adam(network);
        var (real, made) = (randn(4, 1, 64, 64), randn(4, 1, 64, 64).Times(0.2));
        var losses = new List<double>();
        for (var step = 0; step < 12; step++)
        {
            adam.ForgetGradients();
            var loss = AdversarialLoss.CrossEntropy.OfDiscriminator(network.call(real), network.call(made));
            losses.Add(loss.item<float>());
            loss.backward();
            adam.Step(1e-2, 0.5, 0.999);
        }
        Assert.True(losses[^1] < 0.5 * losses[0], string.Join(' ', losses));
        Assert.Equal(1, AdversarialLoss.CrossEntropy.Accuracy(network.call(real), network.call(made)).item<float>());
    }
}
