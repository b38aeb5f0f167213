using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Gateway.TrainingWorker.Networks;

/// <summary>ResNet-18 without its classifier.</summary>
internal sealed class ResNetEncoder : Module<Tensor, Tensor>
{
    // Registering this module also registers its fields of module type under their field names. In a tuple they
    // have the published names only.
    private readonly (Conv2d Conv, BatchNorm Norm) _stem;

    public ResNetEncoder(int width, int channels = 1) : base("encoder")
    {
        _stem = (Conv2d(channels, width, 7, stride: 2, padding: 3, bias: false), new BatchNorm(width));
        Stages =
        [
            [new(width, width, 1), new(width, width, 1)],
            [new(width, 2 * width, 2), new(2 * width, 2 * width, 1)],
            [new(2 * width, 4 * width, 2), new(4 * width, 4 * width, 1)],
            [new(4 * width, 8 * width, 2), new(8 * width, 8 * width, 1)],
        ];
        init.kaiming_normal_(Conv1.weight!, 0, init.FanInOut.FanOut, init.NonlinearityType.ReLU);
        register_module("conv1", Conv1);
        register_module("bn1", Norm1);
        for (var i = 0; i < Stages.Length; i++)
            register_module($"layer{i + 1}", Sequential(("0", Stages[i][0]), ("1", Stages[i][1])));
    }

    public Conv2d Conv1 => _stem.Conv;
    public BatchNorm Norm1 => _stem.Norm;
    public ResidualBlock[][] Stages { get; }

    /// <summary>The five scales, /2 to /32; tensors belong to the caller's dispose scope.</summary>
    public Tensor[] Features(Tensor input)
    {
        var features = new Tensor[5];
        features[0] = Norm1.Rectified(Conv1.Apply(ChannelsLast(input), stride: 2, padding: 3));
        var x = functional.max_pool2d(features[0], 3, 2, 1);
        for (var i = 0; i < Stages.Length; i++)
            x = features[i + 1] = Stages[i][1].call(Stages[i][0].call(x));
        return features;
    }

    // Everything after it keeps this layout, and oneDNN reorders less. One channel lies in memory alike in both: its strides tell which is
    // meant, and only a new shape gives it new ones.
    private static Tensor ChannelsLast(Tensor x) =>
        x.permute(0, 2, 3, 1).flatten(1).reshape(x.shape[0], x.shape[2], x.shape[3], x.shape[1]).permute(0, 3, 1, 2);

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Features(input)[^1].MoveToOuterDisposeScope();
    }
}
