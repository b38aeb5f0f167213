using Gateway.TrainingWorker.Data;
using Gateway.TrainingWorker.Losses;
using Gateway.TrainingWorker.Networks;
using Gateway.TrainingWorker.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Gateway.TrainingBench;

/// <summary>A step on pairs, what it consists of, and what two of its parts would be if they were done otherwise.</summary>
internal static class StepParts
{
    public const string Step = "step", Convolutions = "convolutions alone", Network = "network, forward and backward",
        RowsFirst = "the same, channels not last", Batch = "batch", Loss = "loss, forward and backward", Ssim = "SSIM in it",
        SsimByOne = "the same by convolutions of one channel", Optimiser = "optimiser", Average = "average of the weights";

    /// <param name="state">Of one direction; its step counts up.</param>
    /// <param name="data">Pairs.</param>
    /// <param name="chance">Of the batches.</param>
    public static IReadOnlyList<(string Name, Action Do)> Of(TrainingState state, TrainingData data, StepRandom chance)
    {
        var (options, way, trainer) = (state.Options, state.Ways[0], new PairedTrainer(state, data));
        BatchSize shape = new(options.BatchFull, options.FullSize, options.CropSize);
        var batch = Draw();
        var made = way.Make(batch.Source).detach().requires_grad_();
        var (image, target) = (made.narrow(1, 0, 1).detach().requires_grad_(), batch.Target.narrow(1, 0, 1));
        var convolutions = new StepConvolutions(way.Generator, shape, options.BFloat16).All().ToList();
        var source = options.BFloat16 ? batch.Source.to_type(ScalarType.BFloat16) : batch.Source;
        way.Generator.train();
        return
        [
            (Step, () => { trainer.Step(); state.Step++; }),
            (Convolutions, () => convolutions.ForEach(convolution => convolution())),
            (Network, () => Learn(way.Make(batch.Source))),
            (RowsFirst, () => Learn(MakeRowsFirst(way.Generator, source))),
            (Batch, () => Draw()),
            (Loss, () => PairedLoss.Of(made, batch, options, "", new()).backward()),
            (Ssim, () => ImageLosses.Ssim(image, target).backward()),
            (SsimByOne, () => ConvolvedSsim.Of(image, target).backward()),
            (Optimiser, () => way.GeneratorAdam.Step(1e-5, 0.9, 0.999)),
            (Average, way.MoveAverage),
        ];

        PairedBatch Draw() => Batches.Pairs(data, options, way.Direction, way.IsWide, shape, chance);

        void Learn(Tensor output)
        {
            way.GeneratorAdam.ForgetGradients();
            output.mean().backward();
        }
    }

    // What the generator does, with the layout that pictures come in.
    private static Tensor MakeRowsFirst(UNetResNet18 network, Tensor source)
    {
        var encoder = network.Encoder;
        List<Tensor> features = [encoder.Norm1.Rectified(encoder.Conv1.Apply(source, stride: 2, padding: 3))];
        var x = F.max_pool2d(features[0], 3, 2, 1);
        foreach (var stage in encoder.Stages)
            features.Add(x = stage[1].call(stage[0].call(x)));
        for (var i = 0; i < network.Decoder.Count; i++)
            x = network.Decoder[i].Decode(x, i < 4 ? features[3 - i] : null);
        return network.Head.Apply(x).to_type(ScalarType.Float32).tanh();
    }
}
