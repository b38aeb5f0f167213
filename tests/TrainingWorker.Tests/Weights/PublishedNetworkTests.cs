using System.IO.Compression;
using Gateway.Testing;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests.Weights;

/// <summary>Networks that take published weights by name.</summary>
public sealed class PublishedNetworkTests
{
    public static TheoryData<string, string> Files
    {
        get
        {
            var files = new TheoryData<string, string>();
            foreach (var network in (string[])["vgg19", "resnet18", "inception"])
                foreach (var kind in WeightFiles.Kinds)
                    files.Add(network, kind);
            return files;
        }
    }

    [Fact]
    public void Squeezenet_reproduces_its_three_reference_outputs()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var network = new SqueezeNet();
        var folder = RealData.Path("weights/squeezenet1.1_nchw");
        var loading = WeightLoading.Into(
            network, SqueezeNet.Renamed(WeightFile.Read(Path.Combine(folder, "squeezenet1.1_nchw.npz")).Tensors));
        Assert.Equal((52, 0, 0), (loading.Loaded.Count, loading.Missing.Count, loading.Unused.Count));
        Assert.Equal(1_235_496, network.parameters().Sum(p => p.numel()));
        for (var i = 0; i < 3; i++)
        {
            var (input, expected) = (Array(folder, i, "input"), Array(folder, i, "output"));
            var output = network.call(tensor(input, [1, 3, 224, 224])).data<float>().ToArray();
            Assert.InRange(output.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 2e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_full_size_file_of_each_format_fills_each_network_by_exact_names_and_shapes(string network, string kind)
    {
        using var folder = new TemporaryDirectory();
        var (path, shapes) = (folder.Combine("weights"), PublishedShapes.Of(network));
        WeightFiles.Write(kind, shapes, path);
        var file = WeightFile.Read(path);
        WeightFiles.AssertHolds(file, shapes);

        using var scope = NewDisposeScope();
        using var module = Make(network);
        var loading = WeightLoading.Into(module, file.Tensors);

        Assert.Equal((shapes.Length, "", ""), (loading.Loaded.Count, string.Join(' ', loading.Missing), string.Join(' ', loading.Unused)));
        var state = module.state_dict();
        foreach (var (name, weight) in file.Tensors)
            Assert.True(state[name].data<float>().SequenceEqual(weight.Values), name);
    }

    [Fact]
    public void The_networks_have_the_published_sizes_and_give_the_published_features()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var vgg = new Vgg19();
        using var resnet = new ResNet18();
        using var discriminator = new ResNet18(channels: 1, classes: 1);
        using var inception = new InceptionV3();
        inception.eval();
        Assert.Equal((20_024_384, 11_689_512, 23_850_960), (Count(vgg), Count(resnet), Count(inception)));
        Assert.Equal([1, 2048], inception.call(zeros(1, 3, 299, 299)).shape);
        Assert.Equal([2, 1], discriminator.call(zeros(2, 1, 64, 64)).shape);
        Assert.Equal([2, 1000], resnet.call(zeros(2, 3, 64, 64)).shape);
        var features = vgg.Features(zeros(1, 3, 32, 32)).ToDictionary(layer => layer.Place, layer => layer.Value.shape);
        Assert.Equal(
            [[1, 64, 32, 32], [1, 128, 16, 16], [1, 256, 8, 8], [1, 512, 1, 1]], ((int[])[3, 8, 17, 36]).Select(place => features[place]));

        static long Count(nn.Module network) => network.parameters().Sum(p => p.numel());
    }

    [Fact]
    public void The_partial_resnet_loads_what_it_has_and_names_what_it_lacks()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var network = new ResNet18();
        network.eval();
        var file = WeightFile.Read(RealData.Path("weights/resnet18_tv_bnfolded_partial/resnet18_bnfolded_partial.npz")).Tensors;

        var loading = WeightLoading.Into(network, ResNet18.Unfolded(file));

        Assert.Equal(
            "layer4.0.conv1.weight layer4.0.conv2.weight layer4.1.conv1.weight layer4.1.conv2.weight", string.Join(' ', loading.Missing));
        Assert.Equal((98, 0), (loading.Loaded.Count, loading.Unused.Count));
        // The stem with batch norm gives what the folded convolution gives.
        var input = randn(1, 3, 32, 32);
        var state = network.state_dict();
        var folded = nn.functional.conv2d(
            input, state["conv1.weight"], tensor(file["conv1.bias"].Values), strides: [2, 2], padding: [3, 3]);
        var stem = ((nn.Module<Tensor, Tensor>)network.named_children().Single(child => child.name == "bn1").module)
            .call(nn.functional.conv2d(input, state["conv1.weight"], strides: [2, 2], padding: [3, 3]));
        Assert.InRange((stem - folded).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void A_tensor_of_another_shape_is_refused_by_name_and_nothing_is_loaded()
    {
        using var scope = NewDisposeScope();
        using var network = new ResNet18(channels: 1, classes: 1);
        var before = network.state_dict()["fc.bias"].item<float>();
        var fault = Assert.Throws<InvalidDataException>(() => WeightLoading.Into(network, new Dictionary<string, Weight>
        {
            ["fc.bias"] = new([1], [before + 1]),
            ["conv1.weight"] = new([64, 3, 7, 7], new float[64 * 3 * 49]),
        }));
        Assert.Contains("conv1.weight is [64,3,7,7], expected [64,1,7,7].", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.state_dict()["fc.bias"].item<float>());
    }

    private static nn.Module Make(string network) => network switch
    {
        "vgg19" => new Vgg19(),
        "resnet18" => new ResNet18(),
        _ => new InceptionV3(),
    };

    private static float[] Array(string folder, int set, string name)
    {
        using var copy = new TemporaryDirectory();
        var npz = copy.Combine("a.npz");
        using (var zip = ZipFile.Open(npz, ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry("a.npy").Open())
            entry.Write(File.ReadAllBytes(Path.Combine(folder, "test_data_set", $"{set}", $"{name}_0.npy")));
        return WeightFile.Read(npz).Tensors["a"].Values;
    }
}
