namespace Gateway.Portal.Tests;

/// <summary>One portal without any data for all the tests of a class that store nothing.</summary>
public sealed class EmptyPortal : IAsyncLifetime
{
    public PortalHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
