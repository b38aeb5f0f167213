namespace Gateway.Cli;

/// <summary>The part that a process plays; one process may play all of them.</summary>
public enum GatewayRole
{
    Listener,
    Translator,
    Trainer,
    Portal,
}
