namespace Gateway.Worklist;

/// <summary>One list that a client asks for, and how long the answers took.</summary>
/// <param name="Name">What is filtered by.</param>
/// <param name="Path">Relative to the portal's address.</param>
internal sealed record Asked(string Name, string Path)
{
    private readonly List<double> _milliseconds = [];

    public void Add(TimeSpan time) => _milliseconds.Add(time.TotalMilliseconds);

    /// <summary>Milliseconds.</summary>
    /// <param name="percent">50 is the median, 95 what one answer in 20 exceeds.</param>
    public double Percentile(int percent)
    {
        var sorted = _milliseconds.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
    }
}
