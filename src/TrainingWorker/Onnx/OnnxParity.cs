using Gateway.TrainingWorker.Networks;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Onnx;

/// <summary>Measures whether a model file computes the same as the network.</summary>
public static class OnnxParity
{
    /// <summary>Largest allowed difference of a float32 export, on a range of 2.</summary>
    public const double Limit = 1e-4;

    /// <summary>Greatest absolute difference between the network in evaluation mode and the file in ONNX Runtime, on one batch N x 1 x H x
    /// W.</summary>
    public static double ToNetwork(UNetResNet18 network, string path, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(input);
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var training = network.training;
        network.eval();
        var expected = network.call(input.to(network.Head.weight!.device)).cpu().contiguous().data<float>().ToArray();
        network.train(training);
        return Greatest(expected, Run(path, input));
    }

    /// <summary>Greatest and mean absolute difference between the outputs of two files on one batch.</summary>
    public static (double Greatest, double Mean) Between(string first, string second, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (a, b) = (Run(first, input), Run(second, input));
        return (Greatest(a, b), a.Zip(b).Average(pair => Math.Abs((double)pair.First - pair.Second)));
    }

    private static double Greatest(float[] a, float[] b)
    {
        var greatest = a.Zip(b).Max(pair => Math.Abs((double)pair.First - pair.Second));
        return double.IsNaN(greatest) ? double.PositiveInfinity : greatest;
    }

    private static float[] Run(string path, Tensor input)
    {
        using var scope = NewDisposeScope();
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = 1 };
        // A spinning thread pool beside libtorch's threads makes both ten times slower.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        using var session = new InferenceSession(path, options);
        using var value = OrtValue.CreateTensorValueFromMemory(input.contiguous().data<float>().ToArray(), input.shape);
        using var run = new RunOptions();
        using var results = session.Run(run, ["input"], [value], ["output"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
