namespace Gateway.Cli;

/// <summary>Exit status of a verb (docs/operations.md, "Exit status").</summary>
public static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int ServerMissing = 3;
    public const int Interrupted = 130;
}
