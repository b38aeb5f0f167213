namespace Gateway.Hosting;

/// <summary>Who checks who is calling.</summary>
public enum AuthMode
{
    /// <summary>Nobody: only this machine may call.</summary>
    None,

    /// <summary>A proxy in front of the gateway authenticates, and nothing else can reach it.</summary>
    Proxy,
}
