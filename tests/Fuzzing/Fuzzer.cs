using System.Diagnostics;

namespace Gateway.Fuzzing;

/// <summary>Feeds a target mutated inputs and watches what each costs. The same seed gives the same inputs.</summary>
public sealed class Fuzzer(FuzzTarget target, ulong seed)
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan NoEnd = TimeSpan.FromSeconds(60);
    private readonly Mutator _mutator = new(target, seed);
    private readonly FuzzReport _report = new();
    private long _current = -1;

    /// <summary>Runs inputs number <paramref name="from"/> on, on a thread of their own, which is left to itself if one of them has no
    /// end.</summary>
    /// <param name="progress">Told about every second.</param>
    public FuzzReport Run(long inputs, long from = 0, Action<FuzzReport>? progress = null)
    {
        var clock = Stopwatch.StartNew();
        var thread = new Thread(() => RunAll(from, from + inputs)) { IsBackground = true, Name = target.Name };
        thread.Start();
        var (last, since) = (-1L, TimeSpan.Zero);
        while (!thread.Join(TimeSpan.FromSeconds(1)))
        {
            var current = Interlocked.Read(ref _current);
            if (current != last) (last, since) = (current, clock.Elapsed);
            else if (clock.Elapsed - since > NoEnd) return WithoutEnd(current, clock);
            _report.Elapsed = clock.Elapsed;
            progress?.Invoke(_report);
        }
        _report.Elapsed = clock.Elapsed;
        return _report;
    }

    private FuzzReport WithoutEnd(long current, Stopwatch clock)
    {
        var report = new FuzzReport { Inputs = _report.Inputs, Read = _report.Read, Elapsed = clock.Elapsed, Longest = NoEnd };
        report.Add(Finding(current, _mutator.Make(current), $"no end within {NoEnd.TotalSeconds:N0} s"));
        return report;
    }

    private void RunAll(long from, long to)
    {
        for (var number = from; number < to; number++)
        {
            Interlocked.Exchange(ref _current, number);
            var input = _mutator.Make(number);
            var time = RunOne(number, input);
            if (time > TooLong) time = Shortest(time, input);    // the machine may have been busy with something else
            if (time > TooLong) _report.Add(Finding(number, input, $"longer than {TooLong.TotalSeconds:N0} s"));
            if (time > _report.Longest) _report.Longest = time;
            _report.Inputs++;
        }
    }

    private TimeSpan RunOne(long number, byte[] input)
    {
        var (started, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        try
        {
            target.Run(input);
            _report.Read++;
        }
        catch (Exception e) when (target.IsRefusal(e))
        {
        }
        catch (Exception e)
        {
            _report.Add(Finding(number, input, $"{e.GetType().Name}: {e.Message} {FirstFrame(e)}"));
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var time = Stopwatch.GetElapsedTime(started);
        if (allocated > target.AllocationLimit(input)) _report.Add(Finding(number, input, "allocates more than its limit"));
        if (allocated > _report.MostAllocated) _report.MostAllocated = allocated;
        return time;
    }

    private TimeSpan Shortest(TimeSpan time, byte[] input)
    {
        for (var i = 0; i < 3 && time > TooLong; i++)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                target.Run(input);
            }
            catch (Exception)
            {
                // It is known already.
            }
            if (Stopwatch.GetElapsedTime(started) is var again && again < time) time = again;
        }
        return time;
    }

    private static string FirstFrame(Exception e) => e.StackTrace?.Split('\n')[0].Trim() ?? "";

    private FuzzFinding Finding(long number, byte[] input, string what) => new(target.Name, seed, number, what, input);
}
