using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Gateway.TrainingWorker.Networks;

/// <summary>One decoder step: nearest x2, concatenation with the encoder's features, two convolutions.</summary>
internal sealed class DecoderBlock : Module<Tensor, Tensor>
{
    public DecoderBlock(int channelsIn, int skip, int channels) : base("decoder_block")
    {
        Conv1 = Convolution(channelsIn + skip, channels);
        Norm1 = new BatchNorm(channels);
        Conv2 = Convolution(channels, channels);
        Norm2 = new BatchNorm(channels);
        // Positions 0 and 1 (2 is a ReLU) give the names used in published weight files.
        register_module("conv1", Sequential(("0", Conv1), ("1", Norm1)));
        register_module("conv2", Sequential(("0", Conv2), ("1", Norm2)));
    }

    public Conv2d Conv1 { get; }
    public BatchNorm Norm1 { get; }
    public Conv2d Conv2 { get; }
    public BatchNorm Norm2 { get; }

    /// <summary>Takes N x C x H x W and the skip at 2H x 2W; the last block has no skip.</summary>
    public Tensor Decode(Tensor input, Tensor? skip)
    {
        using var scope = NewDisposeScope();
        var x = functional.interpolate(input, scale_factor: [2.0, 2.0], mode: InterpolationMode.Nearest);
        if (skip is not null)
            x = Beside(x, skip);
        x = Norm1.Rectified(Conv1.Apply(x));
        return Norm2.Rectified(Conv2.Apply(x)).MoveToOuterDisposeScope();
    }

    // Channels lie last: joined as the rows that they are, they are copied in one go each.
    private static Tensor Beside(Tensor x, Tensor skip) =>
        cat([x.permute(0, 2, 3, 1), skip.permute(0, 2, 3, 1)], 3).permute(0, 3, 1, 2);

    public override Tensor forward(Tensor input) => Decode(input, null);

    private static Conv2d Convolution(int channelsIn, int channels)
    {
        var conv = Conv2d(channelsIn, channels, 3, padding: 1, bias: false);
        init.kaiming_uniform_(conv.weight!, 0, init.FanInOut.FanIn, init.NonlinearityType.ReLU);
        return conv;
    }
}
