namespace Gateway.Hosting;

/// <summary>It cannot start as it is configured. The message is a sentence for the person who starts it, with the setting to
/// change.</summary>
/// <param name="message">One line.</param>
/// <param name="exitCode">Of the process: 1, or 3 where a server is missing (docs/operations.md, "Exit status").</param>
/// <param name="cause">What happened.</param>
public sealed class StartException(string message, int exitCode, Exception cause) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;
}
