using System.Runtime.InteropServices;

namespace Gateway.Harness;

/// <summary>Where a run was made; without it its figures mean nothing.</summary>
public sealed record Machine(string Processor, int Cores, double Gibibytes, string FileSystem, string Software)
{
    /// <param name="folder">The folder whose disk is written to.</param>
    public static Machine Here(string folder)
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return new(
            processor?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString(),
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(2, 30),
            new DriveInfo(folder).DriveFormat,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
    }

    /// <summary>Processes ready to run: mean of the last minute, of 5, of 15 (proc(5)).</summary>
    public static string LoadAverage() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);
}
