namespace Gateway.Fuzzing;

/// <summary>What became of the inputs of one target.</summary>
public sealed class FuzzReport
{
    private const int Kept = 20;
    private readonly List<FuzzFinding> _findings = [];

    public long Inputs { get; internal set; }

    /// <summary>Inputs that were read, from end to end.</summary>
    public long Read { get; internal set; }

    public TimeSpan Elapsed { get; internal set; }

    /// <summary>Most bytes allocated for one input.</summary>
    public long MostAllocated { get; internal set; }

    /// <summary>Longest time of one input; other work on the machine is in it.</summary>
    public TimeSpan Longest { get; internal set; }

    /// <summary>One of each kind, at most 20.</summary>
    public IReadOnlyList<FuzzFinding> Findings => _findings;

    public override string ToString() =>
        $"{Inputs:N0} inputs, {Inputs / Math.Max(Elapsed.TotalSeconds, 1e-3):N0}/s, {Read:N0} read, " +
        $"most {MostAllocated / 1024.0:N0} KiB, longest {Longest.TotalMilliseconds:N0} ms, {Findings.Count} findings";

    internal void Add(FuzzFinding finding)
    {
        if (_findings.Count < Kept && _findings.TrueForAll(known => known.What != finding.What)) _findings.Add(finding);
    }
}
