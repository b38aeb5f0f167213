using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Gateway.TrainingWorker.Networks;

/// <summary>ResNet's basic block: two 3x3 convolutions and a shortcut.</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    public ResidualBlock(int channelsIn, int channels, int stride) : base("block")
    {
        Stride = stride;
        Conv1 = Convolution(channelsIn, channels, 3, stride);
        Norm1 = new BatchNorm(channels);
        Conv2 = Convolution(channels, channels, 3, 1);
        Norm2 = new BatchNorm(channels);
        register_module("conv1", Conv1);
        register_module("bn1", Norm1);
        register_module("conv2", Conv2);
        register_module("bn2", Norm2);
        if (stride == 1 && channelsIn == channels)
            return;
        ShortcutConv = Convolution(channelsIn, channels, 1, stride);
        ShortcutNorm = new BatchNorm(channels);
        register_module("downsample", Sequential(("0", ShortcutConv), ("1", ShortcutNorm)));
    }

    public int Stride { get; }
    public Conv2d Conv1 { get; }
    public BatchNorm Norm1 { get; }
    public Conv2d Conv2 { get; }
    public BatchNorm Norm2 { get; }
    public Conv2d? ShortcutConv { get; }
    public BatchNorm? ShortcutNorm { get; }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = Norm1.Rectified(Conv1.Apply(input, Stride));
        var shortcut = ShortcutConv is null ? input : ShortcutNorm!.call(ShortcutConv.Apply(input, Stride, padding: 0));
        return Norm2.Rectified(Conv2.Apply(x), shortcut).MoveToOuterDisposeScope();
    }

    private static Conv2d Convolution(int channelsIn, int channels, int kernel, int stride)
    {
        var conv = Conv2d(channelsIn, channels, kernel, stride: stride, padding: kernel / 2, bias: false);
        init.kaiming_normal_(conv.weight!, 0, init.FanInOut.FanOut, init.NonlinearityType.ReLU);
        return conv;
    }
}
