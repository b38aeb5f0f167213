using System.Runtime.CompilerServices;

// Torch's seed and its thread count are the process's.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Gateway.TrainingWorker.Tests;

internal static class TestSetup
{
    // Tests touch TorchSharp's types before any of ours, whose own initialiser would then come too late.
    [ModuleInitializer]
    internal static void LoadTorch()
    {
        TorchNative.Load();
        TorchSharp.torch.set_num_threads(1);
    }
}
