using System.Runtime.InteropServices;

namespace Gateway.TrainingWorker.Training;

/// <summary>What the C library's allocator keeps of freed tensors.</summary>
/// <remarks>A sheet and a checkpoint need more than a step does. Between what lives on, what they freed stays resident, in pieces that fit
/// less and less well: over thousands of steps a process grows although no tensor does.</remarks>
internal static partial class NativeMemory
{
    /// <summary>Gives free pages back to the system, where the C library can (glibc's malloc_trim).</summary>
    public static void GiveBack()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl keeps little and has no such call.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
