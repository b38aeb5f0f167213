using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>All random numbers of one step. They depend only on seed and step, so a resumed run draws the same
/// as an uninterrupted one, on every device.</summary>
/// <param name="device">Where fields of numbers are put, which are drawn on the CPU; the CPU by default.</param>
public sealed class StepRandom(int seed, int step, int stream, Device? device = null) : IDisposable
{
    private readonly Random _scalars = new(unchecked((seed * 486_187_739 + step) * 16_777_619 + stream));
    private readonly Generator _fields = new(unchecked((ulong)((seed * 1_000_003L + step) * 7_919L + stream)));

    /// <summary>Where the step's tensors are.</summary>
    public Device Device { get; } = device ?? CPU;

    /// <summary>0 inclusive to <paramref name="count"/> exclusive.</summary>
    public int Below(int count) => _scalars.Next(count);

    public double Uniform(double low, double high) => low + (high - low) * _scalars.NextDouble();
    public bool Chance(double probability) => _scalars.NextDouble() < probability;

    /// <summary>Standard normal values; the tensor belongs to the caller's dispose scope.</summary>
    public Tensor Normal(params long[] shape) => randn(shape, generator: _fields).to(Device);

    public void Dispose() => _fields.Dispose();
}
