using Gateway.TrainingWorker.Training;

namespace Gateway.TrainingBench;

/// <summary>What the process held after a step, when the collector and the allocator have given back what they can.</summary>
/// <param name="Resident"><c>VmRSS</c> of proc(5) in KiB: managed and native.</param>
/// <param name="Anonymous">The share of it that no file backs, <c>RssAnon</c>.</param>
/// <param name="Managed">Bytes of the collector's heap.</param>
/// <param name="Tensors">Tensors alive.</param>
internal sealed record MemoryPoint(int Step, long Resident, long Anonymous, long Managed, long Tensors)
{
    public static MemoryPoint Now(int step)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        NativeMemory.GiveBack();
        return new(
            step, Kibibytes("VmRSS:"), Kibibytes("RssAnon:"), GC.GetTotalMemory(forceFullCollection: false),
            TorchSharp.torch.Tensor.TotalCount);
    }

    /// <summary>One line of <c>/proc/self/status</c>.</summary>
    public static long Kibibytes(string name) =>
        long.Parse(
            File.ReadLines("/proc/self/status").Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..]
                .Replace("kB", "", StringComparison.Ordinal).Trim());
}
