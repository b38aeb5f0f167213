using System.Diagnostics;

namespace Gateway.Int8;

/// <summary>What one translation took.</summary>
/// <param name="Wall">Milliseconds that passed.</param>
/// <param name="Processor">Milliseconds of all threads: other work on the machine hardly counts.</param>
internal readonly record struct Took(double Wall, double Processor)
{
    public static Took By(Action work)
    {
        var (processor, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        work();
        return new(
            Stopwatch.GetElapsedTime(started).TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
    }
}
