namespace Gateway.Cli;

/// <summary>Progress as lines with the time since the start: readable in a terminal, in a log and in CI alike.</summary>
internal sealed class LineProgress(TextWriter writer, Func<TimeSpan> elapsed) : IProgress<string>
{
    public void Report(string value) => writer.WriteLine($"[{elapsed().TotalSeconds,6:0.0} s] {value}");
}
