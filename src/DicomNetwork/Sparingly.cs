namespace Gateway.DicomNetwork;

/// <summary>Says yes once in a while, so that a flood of peers does not become a flood of log lines.</summary>
internal sealed class Sparingly(TimeProvider time, TimeSpan between)
{
    private long _last = time.GetTimestamp() - (long)(between.TotalSeconds * time.TimestampFrequency);

    public bool Now()
    {
        var (now, last) = (time.GetTimestamp(), Interlocked.Read(ref _last));
        return time.GetElapsedTime(last, now) >= between && Interlocked.CompareExchange(ref _last, now, last) == last;
    }
}
