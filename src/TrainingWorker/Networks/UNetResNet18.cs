using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Gateway.TrainingWorker.Networks;

/// <summary>The generator: a U-Net whose encoder is ResNet-18, after segmentation_models.pytorch's Unet("resnet18"), ending in
/// tanh.</summary>
/// <remarks>
/// Parameter names equal that library's, so its weight files fit. Input and output are N x channels x H x W in [-1, 1], H and W multiples
/// of 32. At width 64 with one channel each it has 14,321,937 parameters. He et al. 2015 (ResNet), Ronneberger et al. 2015 (U-Net).
/// </remarks>
public sealed class UNetResNet18 : Module<Tensor, Tensor>
{
    /// <summary>Channels of the first stage of the published network.</summary>
    public const int PublishedWidth = 64;

    private readonly ResNetEncoder _encoder;
    private readonly Conv2d _head;
    private readonly DecoderBlock[] _decoder;

    /// <param name="width">Channels of the first stage; every other stage scales with it. A multiple of 4.</param>
    /// <param name="inputs">Channels of the input.</param>
    /// <param name="outputs">Channels of the output.</param>
    public UNetResNet18(int width = PublishedWidth, int inputs = 1, int outputs = 1) : base(nameof(UNetResNet18))
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(width % 4, 0);
        (Width, Inputs, Outputs) = (width, inputs, outputs);
        _encoder = new ResNetEncoder(width, inputs);
        _decoder =
        [
            new(8 * width, 4 * width, 4 * width),
            new(4 * width, 2 * width, 2 * width),
            new(2 * width, width, width),
            new(width, width, width / 2),
            new(width / 2, 0, width / 4),
        ];
        _head = Conv2d(width / 4, outputs, 3, padding: 1);
        init.xavier_uniform_(_head.weight!);
        init.zeros_(_head.bias!);

        register_module("encoder", _encoder);
        register_module(
            "decoder", Sequential(("blocks", Sequential([.. _decoder.Select((block, i) => ($"{i}", (Module<Tensor, Tensor>)block))]))));
        register_module("segmentation_head", Sequential(("0", _head)));
    }

    /// <summary>Channels of the first stage.</summary>
    public int Width { get; }

    /// <summary>Channels of the input and of the output.</summary>
    public int Inputs { get; }
    public int Outputs { get; }

    internal ResNetEncoder Encoder => _encoder;
    internal IReadOnlyList<DecoderBlock> Decoder => _decoder;
    internal Conv2d Head => _head;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var features = _encoder.Features(input);
        var x = features[^1];
        for (var i = 0; i < _decoder.Length; i++)
            x = _decoder[i].Decode(x, i < 4 ? features[3 - i] : null);
        return _head.Apply(x).to_type(ScalarType.Float32).tanh().contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Training mode in which the batch norms' statistics stay fixed: they normalise as at inference, and scale and shift still
    /// learn.</summary>
    public void TrainWithFrozenStatistics()
    {
        train();
        foreach (var norm in BatchNorms())
            norm.eval();
    }

    /// <summary>Every convolution with the batch norm after it, in the order of the exported graph; the head has none.</summary>
    internal IEnumerable<(Conv2d Convolution, BatchNorm? Norm)> Convolutions()
    {
        yield return (_encoder.Conv1, _encoder.Norm1);
        foreach (var block in _encoder.Stages.SelectMany(stage => stage))
        {
            yield return (block.Conv1, block.Norm1);
            yield return (block.Conv2, block.Norm2);
            if (block.ShortcutConv is not null)
                yield return (block.ShortcutConv, block.ShortcutNorm);
        }
        foreach (var block in _decoder)
        {
            yield return (block.Conv1, block.Norm1);
            yield return (block.Conv2, block.Norm2);
        }
        yield return (_head, null);
    }

    internal IEnumerable<BatchNorm> BatchNorms() => modules().OfType<BatchNorm>();
}
