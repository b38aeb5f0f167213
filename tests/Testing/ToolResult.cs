namespace Gateway.Testing;

/// <summary>What a command said. <see cref="Output"/> is stdout, <see cref="Error"/> stderr.</summary>
public sealed record ToolResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>Both streams, stdout first.</summary>
    public string All => Output + Error;

    /// <summary>This result, if the command ended with 0.</summary>
    /// <exception cref="InvalidOperationException">It did not; the message holds what it said.</exception>
    public ToolResult Succeeded() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"{Command} ended with {ExitCode}:{Environment.NewLine}{All}");
}
