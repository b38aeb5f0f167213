using Gateway.TrainingWorker.Networks;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

public class NetworkTests
{
    [Fact]
    public void The_generator_has_the_published_parameters_under_the_published_names()
    {
        using var network = new UNetResNet18();
        var state = network.state_dict();

        Assert.Equal(14_321_937, network.parameters().Sum(p => p.numel()));
        Assert.Equal(182, state.Count);
        Assert.Equal([64, 1, 7, 7], state["encoder.conv1.weight"].shape);
        Assert.Equal([64], state["encoder.bn1.running_mean"].shape);
        Assert.Equal([128, 64, 1, 1], state["encoder.layer2.0.downsample.0.weight"].shape);
        Assert.Equal([128], state["encoder.layer2.0.downsample.1.running_var"].shape);
        Assert.Equal([512, 512, 3, 3], state["encoder.layer4.1.conv2.weight"].shape);
        Assert.Equal([256, 768, 3, 3], state["decoder.blocks.0.conv1.0.weight"].shape);
        Assert.Equal([16, 32, 3, 3], state["decoder.blocks.4.conv1.0.weight"].shape);
        Assert.Equal([16], state["decoder.blocks.4.conv2.1.weight"].shape);
        Assert.Equal([1], state["segmentation_head.0.bias"].shape);
    }

    [Theory]
    [InlineData(32, 32)]
    [InlineData(64, 96)]
    public void The_output_has_the_size_of_the_input_and_stays_within_one(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var network = new UNetResNet18(width: 8);
        var output = network.call(randn(2, 1, height, width).Times(100));
        Assert.Equal([2, 1, height, width], output.shape);
        Assert.True(output.abs().max().item<float>() <= 1);
    }

    [Fact]
    public void Frozen_statistics_do_not_move_while_scale_and_shift_learn()
    {
        using var scope = NewDisposeScope();
        using var network = new UNetResNet18(width: 4);
        network.TrainWithFrozenStatistics();
        var before = network.Encoder.Norm1.RunningMean.clone();
        network.call(randn(2, 1, 32, 32).Plus(3)).mean().backward();
        Assert.True(before.Equals(network.Encoder.Norm1.RunningMean));
        Assert.True(network.Encoder.Norm1.Weight.grad!.abs().sum().item<float>() > 0);
    }

    [Fact]
    public void One_judgement_of_the_discriminator_sees_seventy_by_seventy_pixels()
    {
        using var scope = NewDisposeScope();
        using var network = new PatchDiscriminator();
        // Instance norm looks at the whole map: without it the reach of the convolutions alone is left.
        var kernels = network.named_parameters().Where(p => p.name.EndsWith("weight", StringComparison.Ordinal))
            .Select(p => p.parameter).ToArray();
        var input = randn(1, 1, 256, 256, requires_grad: true);
        var x = (Tensor)input;
        for (var i = 0; i < kernels.Length; i++)
            x = nn.functional.conv2d(x, kernels[i].abs(), strides: i < 3 ? [2L, 2] : [1L, 1], padding: [1L, 1]);
        x[0, 0, 15, 15].backward();
        var reached = input.grad!.to_type(ScalarType.Bool)[0, 0];
        Assert.Equal(70, reached.any(0).sum().item<long>());
        Assert.Equal(70, reached.any(1).sum().item<long>());
        Assert.Equal([1, 1, 30, 30], network.call(input).shape);
        Assert.Equal(2_762_689, network.parameters().Sum(p => p.numel()));
    }
}
