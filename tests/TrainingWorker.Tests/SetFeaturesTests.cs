using System.Runtime.InteropServices;
using Gateway.Imaging.Grids;
using Gateway.Testing;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Tests.Weights;
using Gateway.TrainingWorker.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests;

public sealed class SetFeaturesTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inception_is_known_by_its_names_and_sees_pictures_resized_as_pytorch_fid_does()
    {
        var path = Saved(new InceptionV3());
        var image = Picture(1);
        // Half-pixel centres, no anti-aliasing, borders repeated.
        File.WriteAllBytes(_folder.Combine("image.f32"), MemoryMarshal.AsBytes<float>(image.Pixels));
        var resized = Python.Numbers("""
            import sys, numpy as np
            a = np.fromfile(sys.argv[1], np.float32).reshape(256, 256).astype(float)
            at = np.clip((np.arange(299) + 0.5) * 256 / 299 - 0.5, 0, None)
            low = np.floor(at).astype(int); high = np.minimum(low + 1, 255); share = at - low
            b = a[low] * (1 - share)[:, None] + a[high] * share[:, None]
            b = b[:, low] * (1 - share) + b[:, high] * share
            for v in b.ravel(): print(repr(float(v)))
            """, _folder.Combine("image.f32"));

        using var features = SetFeatures.Read(path);
        var found = features.Features.Of([image, Picture(2)]);

        Assert.Contains("FID", features.Features.Name, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{64}$", features.Features.Sha256);
        Assert.Equal([2048, 2048], found.Select(vector => vector.Length));
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var network = new InceptionV3();
        WeightLoading.Into(network, WeightFile.Read(path).Tensors);
        network.eval();
        var input = tensor(Array.ConvertAll(resized, value => (float)value), [1, 1, 299, 299]).expand(-1, 3, -1, -1);
        var expected = network.call(input).data<float>().ToArray();
        Assert.InRange(expected.Zip(found[0]).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-4 * expected.Max());
        Assert.NotEqual(found[0], found[1]);
    }

    [Fact]
    public void Squeezenet_gives_one_vector_a_picture_under_its_own_name()
    {
        using var features = SetFeatures.Read(Saved(new SqueezeNet()));

        var found = features.Features.Of([.. Enumerable.Range(1, 5).Select(Picture)]);

        Assert.StartsWith("SqueezeNet 1.1", features.Features.Name, StringComparison.Ordinal);
        Assert.DoesNotContain("FID", features.Features.Name, StringComparison.Ordinal);
        Assert.Equal(5, found.Count);
        Assert.Single(found.Select(vector => vector.Length).Distinct());
        Assert.Equal(features.Features.Of([Picture(3)])[0], found[2], (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Inception_without_a_layer_is_refused_by_name()
    {
        var path = Saved(new InceptionV3(), name => name != "Mixed_6a.branch3x3.conv.weight");

        var fault = Assert.Throws<InvalidDataException>(() => SetFeatures.Read(path));

        Assert.Contains("Mixed_6a.branch3x3.conv.weight", fault.Message, StringComparison.Ordinal);
    }

    private string Saved(nn.Module network, Predicate<string>? kept = null)
    {
        var path = _folder.Combine($"{network.GetType().Name}.safetensors");
        SafetensorsFile.Write(
            path, network.state_dict().Where(pair => kept?.Invoke(pair.Key) != false).Select(pair => (pair.Key, pair.Value)),
            new Dictionary<string, string>());
        network.Dispose();
        return path;
    }

    private static Image Picture(int seed)
    {
        var random = new Random(seed);
        return GaussianFilter.Apply(new(256, 256, [.. Enumerable.Range(0, 256 * 256).Select(_ => 2 * random.NextSingle() - 1)]), 1.5, 1.5);
    }
}
