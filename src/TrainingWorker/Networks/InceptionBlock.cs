using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Gateway.TrainingWorker.Networks;

/// <summary>What a branch does before its convolutions.</summary>
internal enum InceptionPool
{
    None,
    Average,
    Maximum,
    MaximumOfEveryOther,
}

/// <summary>Convolution without bias, batch norm, rectifier.</summary>
/// <param name="Padded">To keep the size; never with stride 2.</param>
internal sealed record InceptionCell(string Name, int Channels, int Height, int Width, int Stride = 1, bool Padded = true);

/// <summary>Pool, then convolutions one after another, then convolutions side by side.</summary>
internal sealed record InceptionBranch(InceptionPool Pool, InceptionCell[] Chain, InceptionCell[] Split)
{
    public static InceptionBranch Of(params InceptionCell[] chain) => new(InceptionPool.None, chain, []);
}

/// <summary>Branches from one input, side by side in the output's channels.</summary>
internal sealed class InceptionBlock : Module<Tensor, Tensor>
{
    private readonly InceptionBranch[] _branches;

    public InceptionBlock(int channels, params InceptionBranch[] branches) : base("mixed")
    {
        _branches = branches;
        foreach (var branch in branches)
        {
            var into = channels;
            foreach (var cell in branch.Chain)
            {
                register_module(cell.Name, new InceptionConvolution(into, cell));
                into = cell.Channels;
            }
            foreach (var cell in branch.Split)
                register_module(cell.Name, new InceptionConvolution(into, cell));
            Channels += branch.Split.Length > 0 ? branch.Split.Sum(cell => cell.Channels) : into;
        }
    }

    /// <summary>Of the output.</summary>
    public int Channels { get; }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var cells = named_children().ToDictionary(child => child.name, child => (InceptionConvolution)child.module);
        return cat([.. _branches.SelectMany(branch => Run(branch, input, cells))], 1).MoveToOuterDisposeScope();
    }

    private static Tensor[] Run(InceptionBranch branch, Tensor input, Dictionary<string, InceptionConvolution> cells)
    {
        var x = branch.Pool switch
        {
            InceptionPool.Average => functional.avg_pool2d(input, 3, 1, 1, count_include_pad: false),
            InceptionPool.Maximum => functional.max_pool2d(input, 3, 1, 1),
            InceptionPool.MaximumOfEveryOther => functional.max_pool2d(input, 3, 2),
            _ => input,
        };
        foreach (var cell in branch.Chain)
            x = cells[cell.Name].call(x);
        return branch.Split.Length == 0 ? [x] : [.. branch.Split.Select(cell => cells[cell.Name].call(x))];
    }
}

internal sealed class InceptionConvolution : Module<Tensor, Tensor>
{
    private readonly (Conv2d Convolution, BatchNorm Norm) _layers;

    public InceptionConvolution(int channels, InceptionCell cell) : base("basic_conv")
    {
        var padded = cell.Padded && cell.Stride == 1;
        _layers = (
            Conv2d(channels, cell.Channels, (cell.Height, cell.Width), (cell.Stride, cell.Stride),
                padded ? (cell.Height / 2, cell.Width / 2) : (0, 0), bias: false),
            new BatchNorm(cell.Channels, epsilon: 1e-3));
        register_module("conv", _layers.Convolution);
        register_module("bn", _layers.Norm);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return functional.relu(_layers.Norm.call(_layers.Convolution.call(input))).MoveToOuterDisposeScope();
    }
}
