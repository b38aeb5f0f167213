using static TorchSharp.torch;

namespace Gateway.TrainingWorker.Training;

/// <summary>Where the tensors of a training are: chosen when it starts, and no part of its recipe, so that a run begun on one device goes
/// on on another.</summary>
public static class TrainingDevice
{
    /// <summary><c>cuda</c> where torch has it, otherwise <c>cpu</c>.</summary>
    public const string Auto = "auto";

    private const string Cpu = "cpu", Cuda = "cuda";

    /// <summary>What may be asked for.</summary>
    public static IReadOnlyList<string> Names { get; } = [Auto, Cpu, Cuda];

    /// <exception cref="TrainingDeviceException">Torch has no such device here, or there is none of that name.</exception>
    public static Device Of(string name) => name switch
    {
        Auto => cuda.is_available() ? CUDA : CPU,
        Cpu => CPU,
        Cuda => cuda.is_available()
            ? CUDA : throw new TrainingDeviceException($"Training was asked to run on cuda, and torch finds none: {Without()}."),
        _ => throw new TrainingDeviceException($"{name} is no device to train on; there are {string.Join(", ", Names)}."),
    };

    /// <summary>Which device that would be, and why it is not a GPU if it is none.</summary>
    /// <exception cref="TrainingDeviceException">As <see cref="Of"/>.</exception>
    public static string Describe(string name) => (name, Of(name).type) switch
    {
        (_, not TorchSharp.DeviceType.CPU) => $"{Cuda}, {cuda.device_count()} of them, torch {__version__}",
        (Auto, _) => $"{Cpu}, torch {__version__}, without CUDA ({Without()})",
        _ => $"{Cpu}, torch {__version__}",
    };

    private static string Without() => TorchNative.HasCuda
        ? "no GPU or no driver that this build can use"
        : "this build carries torch for the CPU; -p:TorchAccelerator=cuda makes the other";
}
