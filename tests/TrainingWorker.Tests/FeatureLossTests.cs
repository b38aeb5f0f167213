using System.Security.Cryptography;
using Gateway.Testing;
using Gateway.TrainingWorker.Losses;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

public sealed class FeatureLossTests
{
    [Fact]
    public void The_perceptual_loss_is_the_weighted_sum_of_the_layers_mean_differences()
    {
        using var scope = NewDisposeScope();
        Tensor[] image = [ones(2, 3, 4, 4), zeros(2, 5, 2, 2)], back = [zeros(2, 3, 4, 4), ones(2, 5, 2, 2).Times(-3)];
        Assert.Equal(0.5 * 1 + 2 * 3, FeatureLosses.Perceptual(image, back, [0.5, 2]).item<float>(), 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureLosses.Perceptual(image, back, [1]));
    }

    [Fact]
    public void The_style_loss_of_two_channels_and_two_pixels_is_what_the_hand_computes()
    {
        using var scope = NewDisposeScope();
        // Phi Phi^T = (5 11; 11 25), over C H W = 4; squares sum to 55.75, over 4 C^2 = 16.
        var image = tensor([1f, 2, 3, 4], [1, 2, 1, 2]);
        Assert.Equal([1.25f, 2.75f, 2.75f, 6.25f], FeatureLosses.Gram(image).data<float>().ToArray());
        Assert.Equal(55.75 / 16, FeatureLosses.Style([image], [zeros_like(image)], [1]).item<float>(), 5);
        // Where the pixels are is no matter of style.
        Assert.Equal(0, FeatureLosses.Style([image], [image.flip(3)], [1]).item<float>(), 5);
    }

    [Fact]
    public void Features_of_a_squeezenet_file_are_those_of_the_normalised_colour_picture()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryDirectory();
        var path = Squeezed(folder);
        using var features = FeatureNetwork.Read(path);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), features.Sha256);
        Assert.Equal("SqueezeNet 1.1 (relu1, fire3, fire5)", features.Name);
        Tensor[] white = features.Of(ones(1, 1, 64, 64)), grey = features.Of(zeros(1, 1, 64, 64));
        Assert.Equal([[1, 64, 31, 31], [1, 128, 15, 15], [1, 256, 7, 7]], white.Select(layer => layer.shape));
        // The one filter sees red: (1 - 0.485) / 0.229 against (0.5 - 0.485) / 0.229, in one of 64 channels; the others give nothing.
        Assert.Equal(0.5 / 0.229 / 64, FeatureLosses.Perceptual(white, grey, [1, 1, 1]).item<float>(), 4);
        Assert.Equal([1, 64 + 128 + 256], features.Pooled(ones(1, 1, 64, 64)).shape);
    }

    [Fact]
    public void Gradients_reach_the_picture_and_never_the_weights()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryDirectory();
        using var features = FeatureNetwork.Read(Deep(folder, layers: 8));
        var (image, back) = (randn(1, 1, 32, 32), randn(1, 1, 32, 32, requires_grad: true));
        FeatureLosses.Perceptual(features.Of(image), features.Of(back), [1, 1, 1]).backward();
        Assert.True(back.grad!.abs().sum().item<float>() > 0);
        Assert.All(features.Of(image), layer => Assert.False(layer.requires_grad));
        Assert.Equal("VGG19 (relu1_2, relu2_2, relu3_4)", features.Name);
        Assert.Equal([[1, 64, 32, 32], [1, 128, 16, 16], [1, 256, 8, 8]], features.Of(image).Select(layer => layer.shape));
    }

    [Fact]
    public void A_file_of_another_network_or_without_a_layer_is_refused()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryDirectory();
        var lacking = Assert.Throws<InvalidDataException>(() => FeatureNetwork.Read(Deep(folder, layers: 8, without: "features.7.bias")));
        Assert.EndsWith(
            "lacks features.7.bias of VGG19 (relu1_2, relu2_2, relu3_4).", lacking.Message, StringComparison.Ordinal);
        var other = folder.Combine("other.safetensors");
        SafetensorsFile.Write(other, [("conv1.weight", zeros(1, 1, 1, 1))], new Dictionary<string, string>());
        Assert.Throws<InvalidDataException>(() => FeatureNetwork.Read(other));
    }

    [Fact]
    public void The_published_squeezenet_sees_a_blurred_head_as_farther_than_a_shifted_grey()
    {
        using var scope = NewDisposeScope();
        using var features = FeatureNetwork.Read(RealData.Path("weights/squeezenet1.1_nchw/squeezenet1.1_nchw.npz"));
        var head = Data.Batches.Stack([TinyHeads.Pair(0)[TinyHeads.T2]]);
        var blurred = nn.functional.avg_pool2d(head, 5, 1, 2, count_include_pad: false);
        var brighter = head.Plus((blurred - head).abs().mean().item<float>());
        Assert.True(Distance(blurred) > 1.5 * Distance(brighter), $"{Distance(blurred)} {Distance(brighter)}");

        float Distance(Tensor other) => FeatureLosses.Perceptual(features.Of(head), features.Of(other), [1, 1, 1]).item<float>();
    }

    [Fact]
    public void Colour_weights_of_a_resnet_give_for_a_grey_picture_what_they_gave_for_its_colours()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var colour = new ResNet18(channels: 3, classes: 7, width: 8);
        using var grey = new ResNet18(channels: 1, classes: 1, width: 8);
        var weights = colour.state_dict().Where(pair => pair.Value.dtype == ScalarType.Float32).ToDictionary(
            pair => pair.Key, pair => new Weight(pair.Value.shape, pair.Value.data<float>().ToArray()));
        var loading = WeightLoading.Into(grey, ResNet18.Grey(weights));
        Assert.Equal("fc.weight fc.bias", string.Join(' ', loading.Missing));

        using var generator = new UNetResNet18(width: 8);
        Assert.Empty(WeightLoading.Into(generator, ResNet18.Grey(weights, "encoder.")).Unused);
        var picture = randn(1, 1, 64, 64);
        var sees = nn.functional.conv2d(
            picture.expand(1, 3, 64, 64), colour.state_dict()["conv1.weight"], strides: [2, 2], padding: [3, 3]);
        foreach (var first in new[] { grey.state_dict()["conv1.weight"], generator.state_dict()["encoder.conv1.weight"] })
            Assert.InRange(
                (nn.functional.conv2d(picture, first, strides: [2, 2], padding: [3, 3]) - sees).abs().max().item<float>(), 0, 1e-4);
    }

    /// <summary>A SqueezeNet of which only the first filter does anything: it takes the red of its middle pixel.</summary>
    internal static string Squeezed(TemporaryDirectory folder, float red = 1)
    {
        using var network = new SqueezeNet();
        using var quiet = no_grad();
        foreach (var parameter in network.parameters())
            nn.init.zeros_(parameter);
        network.state_dict()["features.0.weight"][0, 0, 1, 1].copy_(tensor(red));
        var path = folder.Combine($"squeezenet-{red}.safetensors");
        SafetensorsFile.Write(path, network.state_dict().Select(pair => (pair.Key, pair.Value)), new Dictionary<string, string>());
        return path;
    }

    /// <summary>The first convolutions of a VGG19, as one would cut them from the published file.</summary>
    private static string Deep(TemporaryDirectory folder, int layers, string without = "")
    {
        using var network = new Vgg19();
        var path = folder.Combine("vgg19.safetensors");
        SafetensorsFile.Write(
            path, network.state_dict().Where(pair => pair.Key != without).Take(2 * layers).Select(pair => (pair.Key, pair.Value)),
            new Dictionary<string, string>());
        return path;
    }
}
