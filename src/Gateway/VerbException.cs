namespace Gateway.Cli;

/// <summary>A verb cannot go on; the message is for the person at the terminal.</summary>
public sealed class VerbException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
