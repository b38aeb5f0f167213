using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Gateway.TrainingWorker.Networks;

/// <summary>Inception-v3 as the Frechet Inception distance uses it, with the names of <c>pt_inception-2015-12-05</c>
/// (pytorch-fid).</summary>
/// <remarks>
/// It differs from torchvision's: 1008 classes, no auxiliary head, average pools that do not count the padding, and in the last block
/// a maximum in place of an average. Input N x 3 x 299 x 299 in [-1, 1], output N x 2048, the features before the classes; 23,850,960
/// parameters. Szegedy et al. 2015, Heusel et al. 2017.
/// </remarks>
public sealed class InceptionV3 : Module<Tensor, Tensor>
{
    private readonly (Module<Tensor, Tensor>?[] Layers, Linear Classes) _layers;

    public InceptionV3() : base(nameof(InceptionV3))
    {
        var layers = new List<(string Name, Module<Tensor, Tensor>? Layer)>
        {
            ("Conv2d_1a_3x3", new InceptionConvolution(3, new("", 32, 3, 3, 2))),
            ("Conv2d_2a_3x3", new InceptionConvolution(32, new("", 32, 3, 3, Padded: false))),
            ("Conv2d_2b_3x3", new InceptionConvolution(32, new("", 64, 3, 3))),
            ("", null),
            ("Conv2d_3b_1x1", new InceptionConvolution(64, new("", 80, 1, 1))),
            ("Conv2d_4a_3x3", new InceptionConvolution(80, new("", 192, 3, 3, Padded: false))),
            ("", null),
        };
        var channels = 192;
        foreach (var (name, branches) in Blocks)
        {
            var block = new InceptionBlock(channels, branches);
            layers.Add((name, block));
            channels = block.Channels;
        }
        _layers = ([.. layers.Select(layer => layer.Layer)], Linear(channels, 1008));
        foreach (var (name, layer) in layers.Where(layer => layer.Layer is not null))
            register_module(name, layer!);
        register_module("fc", _layers.Classes);
    }

    private static (string Name, InceptionBranch[] Branches)[] Blocks =>
    [
        ("Mixed_5b", A(32)), ("Mixed_5c", A(64)), ("Mixed_5d", A(64)), ("Mixed_6a", B()),
        ("Mixed_6b", C(128)), ("Mixed_6c", C(160)), ("Mixed_6d", C(160)), ("Mixed_6e", C(192)),
        ("Mixed_7a", D()), ("Mixed_7b", E(InceptionPool.Average)), ("Mixed_7c", E(InceptionPool.Maximum)),
    ];

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input;
        foreach (var layer in _layers.Layers)
            x = layer is null ? functional.max_pool2d(x, 3, 2) : layer.call(x);
        return x.mean([2, 3]).MoveToOuterDisposeScope();
    }

    private static InceptionBranch[] A(int pool) =>
    [
        InceptionBranch.Of(new InceptionCell("branch1x1", 64, 1, 1)),
        InceptionBranch.Of(new("branch5x5_1", 48, 1, 1), new("branch5x5_2", 64, 5, 5)),
        InceptionBranch.Of(new("branch3x3dbl_1", 64, 1, 1), new("branch3x3dbl_2", 96, 3, 3), new("branch3x3dbl_3", 96, 3, 3)),
        Pooled(InceptionPool.Average, pool),
    ];

    private static InceptionBranch[] B() =>
    [
        InceptionBranch.Of(new InceptionCell("branch3x3", 384, 3, 3, 2)),
        InceptionBranch.Of(new("branch3x3dbl_1", 64, 1, 1), new("branch3x3dbl_2", 96, 3, 3), new("branch3x3dbl_3", 96, 3, 3, 2)),
        new(InceptionPool.MaximumOfEveryOther, [], []),
    ];

    private static InceptionBranch[] C(int inner) =>
    [
        InceptionBranch.Of(new InceptionCell("branch1x1", 192, 1, 1)),
        InceptionBranch.Of(new("branch7x7_1", inner, 1, 1), new("branch7x7_2", inner, 1, 7), new("branch7x7_3", 192, 7, 1)),
        InceptionBranch.Of(new("branch7x7dbl_1", inner, 1, 1), new("branch7x7dbl_2", inner, 7, 1), new("branch7x7dbl_3", inner, 1, 7),
            new("branch7x7dbl_4", inner, 7, 1), new("branch7x7dbl_5", 192, 1, 7)),
        Pooled(InceptionPool.Average, 192),
    ];

    private static InceptionBranch[] D() =>
    [
        InceptionBranch.Of(new("branch3x3_1", 192, 1, 1), new("branch3x3_2", 320, 3, 3, 2)),
        InceptionBranch.Of(new("branch7x7x3_1", 192, 1, 1), new("branch7x7x3_2", 192, 1, 7), new("branch7x7x3_3", 192, 7, 1),
            new("branch7x7x3_4", 192, 3, 3, 2)),
        new(InceptionPool.MaximumOfEveryOther, [], []),
    ];

    private static InceptionBranch[] E(InceptionPool pool) =>
    [
        InceptionBranch.Of(new InceptionCell("branch1x1", 320, 1, 1)),
        new(InceptionPool.None, [new("branch3x3_1", 384, 1, 1)], [new("branch3x3_2a", 384, 1, 3), new("branch3x3_2b", 384, 3, 1)]),
        new(InceptionPool.None, [new("branch3x3dbl_1", 448, 1, 1), new("branch3x3dbl_2", 384, 3, 3)],
            [new("branch3x3dbl_3a", 384, 1, 3), new("branch3x3dbl_3b", 384, 3, 1)]),
        Pooled(pool, 192),
    ];

    private static InceptionBranch Pooled(InceptionPool pool, int channels) => new(pool, [new("branch_pool", channels, 1, 1)], []);
}
