using System.Collections;
using System.Runtime.InteropServices;

namespace Gateway.TrainingWorker;

/// <summary>Settings of native libraries that they read once, when a process starts.</summary>
/// <remarks>
/// Every step takes and frees some gigabytes in large blocks. Left alone, the C library gives each back to the system and takes the next
/// from it, filled with zeroes page by page: a quarter of a step in float32, nearly a third in bfloat16. So it is told to keep them, in one
/// arena for all threads: only the first arena can hold blocks of any size. OpenMP's threads are told to sleep when they have nothing to
/// do, since other work shares the cores.
/// </remarks>
public static partial class TrainingProcess
{
    private static readonly (string Name, string Value)[] Settings =
    [
        ("MALLOC_ARENA_MAX", "1"),
        ("MALLOC_MMAP_THRESHOLD_", "2147483648"),
        ("MALLOC_TRIM_THRESHOLD_", "4294967296"),
        ("MALLOC_TOP_PAD_", "268435456"),
        ("OMP_WAIT_POLICY", "PASSIVE"),
    ];

    /// <summary>Starts the program anew, in the same process and with the same arguments, if a setting is absent. What the caller has set
    /// stays. Returns where nothing is absent, and where this cannot be done: then training is slower.</summary>
    /// <remarks>To be called before anything is opened or started.</remarks>
    public static void Settle()
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal);
        var absent = Settings.Where(setting => !environment.ContainsKey(setting.Name)).ToList();
        if (absent.Count == 0 || !OperatingSystem.IsLinux() || Environment.ProcessPath is not { } program)
            return;
        foreach (var (name, value) in absent)
            environment[name] = value;
        string[] arguments = File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0');
        _ = Execute(program, [.. arguments, null], [.. environment.Select(pair => $"{pair.Key}={pair.Value}"), null]);
    }

    // execve(2); the last entry of both lists is null.
    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments, string?[] environment);
}
