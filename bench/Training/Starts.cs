using System.Diagnostics;

namespace Gateway.TrainingBench;

/// <summary>Starts after starts of this program, each a process of its own, while as many threads as there are cores compute.</summary>
internal static class Starts
{
    /// <returns>How many ended with another status than 0: a signal of native code is 128 and its number.</returns>
    public static int Run(int count, TemporaryFolder temporary)
    {
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => new Thread(() => Compute(stop.Token)) { Priority = ThreadPriority.BelowNormal }).ToList();
        load.ForEach(thread => thread.Start());
        var failed = 0;
        try
        {
            for (var i = 1; i <= count; i++)
            {
                var started = Stopwatch.GetTimestamp();
                var status = One(temporary.Sub("pictures"), temporary.Sub($"{i}"));
                failed += status == 0 ? 0 : 1;
                Console.WriteLine(
                    $"start {i} of {count}: {(status == 0 ? "ended well" : $"ended with {status}")} after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
                Directory.Delete(temporary.Sub($"{i}"), recursive: true);
            }
        }
        finally
        {
            stop.Cancel();
            load.ForEach(thread => thread.Join());
        }
        return failed;
    }

    private static int One(string pictures, string folder)
    {
        Directory.CreateDirectory(folder);
        using var process =
            Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["start", "--pictures", pictures, "--folder", folder]))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Compute(CancellationToken stop)
    {
        var x = 1.0;
        while (!stop.IsCancellationRequested)
            for (var i = 0; i < 1_000_000; i++)
                x = Math.Sqrt(x + i);
    }
}
