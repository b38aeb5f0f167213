using System.Globalization;
using Gateway.Testing;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Tests.Weights;

/// <summary>The networks beside NumPy, which computes them from their papers' tables and the published names.</summary>
public sealed class NetworkReferenceTests
{
    private const string Script = """
        import json, struct, sys
        import numpy as np
        with open(sys.argv[2], 'rb') as file:
            header = json.loads(file.read(struct.unpack('<Q', file.read(8))[0]))
            data = file.read()
        W = {k: np.frombuffer(data[slice(*v['data_offsets'])], np.float32).reshape(v['shape']) for k, v in header.items() if v.get('dtype') == 'F32'}
        def windows(x, size, stride, pad, fill=0.0):
            x = np.pad(x, ((0, 0), (pad[0],) * 2, (pad[1],) * 2), constant_values=fill)
            return np.lib.stride_tricks.sliding_window_view(x, size, (1, 2))[:, ::stride, ::stride]
        def conv(x, name, stride=1, pad=(0, 0), bias=False):
            w = W[name + '.weight']
            y = np.tensordot(w, windows(x, w.shape[2:], stride, pad), ((1, 2, 3), (0, 3, 4)))
            return y + W[name + '.bias'][:, None, None] if bias else y
        def norm(x, name, eps):
            part = lambda p: W[f'{name}.{p}'][:, None, None]
            return (x - part('running_mean')) / np.sqrt(part('running_var') + eps) * part('weight') + part('bias')
        relu = lambda x: np.maximum(x, 0)
        pool = lambda x, size, stride, pad=(0, 0): windows(x, (size, size), stride, pad, -np.inf).max((3, 4))
        def average(x): return windows(x, (3, 3), 1, (1, 1)).sum((3, 4)) / windows(np.ones_like(x), (3, 3), 1, (1, 1)).sum((3, 4))
        cat = lambda *parts: np.concatenate(parts)
        def inception(x):
            c = lambda x, name, stride=1, pad=(0, 0): relu(norm(conv(x, name + '.conv', stride, pad), name + '.bn', 1e-3))
            def run(x, block, *steps):
                for name, *how in steps: x = c(x, f'{block}.{name}', *how)
                return x
            one, across, down, both = (0, 0), (0, 3), (3, 0), (1, 1)
            x = c(c(c(x, 'Conv2d_1a_3x3', 2), 'Conv2d_2a_3x3'), 'Conv2d_2b_3x3', 1, both)
            x = pool(c(c(pool(x, 3, 2), 'Conv2d_3b_1x1'), 'Conv2d_4a_3x3'), 3, 2)
            for b in ('Mixed_5b', 'Mixed_5c', 'Mixed_5d'):
                x = cat(run(x, b, ('branch1x1',)), run(x, b, ('branch5x5_1',), ('branch5x5_2', 1, (2, 2))),
                        run(x, b, ('branch3x3dbl_1',), ('branch3x3dbl_2', 1, both), ('branch3x3dbl_3', 1, both)), run(average(x), b, ('branch_pool',)))
            b = 'Mixed_6a'
            x = cat(run(x, b, ('branch3x3', 2)), run(x, b, ('branch3x3dbl_1',), ('branch3x3dbl_2', 1, both), ('branch3x3dbl_3', 2)), pool(x, 3, 2))
            for b in ('Mixed_6b', 'Mixed_6c', 'Mixed_6d', 'Mixed_6e'):
                x = cat(run(x, b, ('branch1x1',)), run(x, b, ('branch7x7_1',), ('branch7x7_2', 1, across), ('branch7x7_3', 1, down)),
                        run(x, b, ('branch7x7dbl_1',), ('branch7x7dbl_2', 1, down), ('branch7x7dbl_3', 1, across), ('branch7x7dbl_4', 1, down),
                            ('branch7x7dbl_5', 1, across)), run(average(x), b, ('branch_pool',)))
            b = 'Mixed_7a'
            x = cat(run(x, b, ('branch3x3_1',), ('branch3x3_2', 2)), run(x, b, ('branch7x7x3_1',), ('branch7x7x3_2', 1, across),
                    ('branch7x7x3_3', 1, down), ('branch7x7x3_4', 2)), pool(x, 3, 2))
            for b in ('Mixed_7b', 'Mixed_7c'):
                s, t = run(x, b, ('branch3x3_1',)), run(x, b, ('branch3x3dbl_1',), ('branch3x3dbl_2', 1, both))
                pooled = average(x) if b == 'Mixed_7b' else pool(x, 3, 1, both)
                x = cat(run(x, b, ('branch1x1',)), run(s, b, ('branch3x3_2a', 1, (0, 1))), run(s, b, ('branch3x3_2b', 1, (1, 0))),
                        run(t, b, ('branch3x3dbl_3a', 1, (0, 1))), run(t, b, ('branch3x3dbl_3b', 1, (1, 0))), run(pooled, b, ('branch_pool',)))
            return x.mean((1, 2))
        def resnet(x):
            c = lambda x, name, bn, stride, pad: norm(conv(x, name, stride, (pad, pad)), bn, 1e-5)
            x = pool(relu(c(x, 'conv1', 'bn1', 2, 3)), 3, 2, (1, 1))
            for layer in range(1, 5):
                for block in range(2):
                    b, stride = f'layer{layer}.{block}.', 2 if layer > 1 and block == 0 else 1
                    y = c(relu(c(x, b + 'conv1', b + 'bn1', stride, 1)), b + 'conv2', b + 'bn2', 1, 1)
                    x = relu(y + (c(x, b + 'downsample.0', b + 'downsample.1', stride, 0) if stride == 2 else x))
            return W['fc.weight'] @ x.mean((1, 2)) + W['fc.bias']
        def vgg(x):
            place = 0
            for convolutions in (2, 2, 4, 4, 4):
                for _ in range(convolutions):
                    x = relu(conv(x, f'features.{place}', 1, (1, 1), bias=True))
                    place += 2
                x, place = pool(x, 2, 2), place + 1
            return x.ravel()
        input = W['input']
        for value in globals()[sys.argv[1]](input): print(repr(float(value)))
        """;

    [Theory]
    [InlineData("inception", 107)]
    [InlineData("resnet", 64)]
    [InlineData("vgg", 32)]
    public void Each_network_computes_what_numpy_computes_from_its_table(string name, int size)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        random.manual_seed(4);
        using nn.Module<Tensor, Tensor> network =
            name switch { "inception" => new InceptionV3(), "resnet" => new ResNet18(), _ => new Vgg19() };
        foreach (var (part, value) in network.named_parameters().Select(p => (p.name, (Tensor)p.parameter))
            .Concat(network.named_buffers().Select(b => (b.name, b.buffer))))
            Vary(part, value);
        network.eval();
        using var folder = new TemporaryDirectory();
        var (path, input) = (folder.Combine("w.safetensors"), randn(1, 3, size, size));
        SafetensorsFile.Write(
            path, network.state_dict().Select(pair => (pair.Key, pair.Value)).Append(("input", input[0].contiguous())),
            new Dictionary<string, string>());

        var expected = Python.Numbers(Script, name, path);
        var actual = network.call(input).flatten().data<float>().ToArray();

        Assert.Equal(expected.Length, actual.Length);
        var spread = expected.Max(Math.Abs);
        Assert.True(spread > 1e-3, $"The reference is nearly constant: {spread.ToString(CultureInfo.InvariantCulture)}");
        Assert.InRange(expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 1e-4 * spread);
    }

    // Norms that do something, and convolutions that keep the size of their numbers through ninety layers.
    private static void Vary(string part, Tensor value)
    {
        if (part.EndsWith("running_var", StringComparison.Ordinal)
            || (part.EndsWith("weight", StringComparison.Ordinal) && value.dim() == 1))
            value.uniform_(0.5, 1.5);
        else if (part.EndsWith("running_mean", StringComparison.Ordinal) || part.EndsWith("bias", StringComparison.Ordinal))
            value.uniform_(-0.2, 0.2);
        else if (value.dim() == 4)
            nn.init.kaiming_normal_(value, 0, nn.init.FanInOut.FanIn, nn.init.NonlinearityType.ReLU);
    }
}
