namespace Gateway.Cli;

/// <summary>What a process does; one process may do all of it.</summary>
public enum GatewayRole
{
    Listener,
    Translator,
    Portal,
}
