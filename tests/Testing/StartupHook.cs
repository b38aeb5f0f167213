using Gateway.Persistence;
using Gateway.Testing;

#pragma warning disable CA1050 // The runtime looks for this name outside of every namespace.

/// <summary>Loaded into a gateway process by <c>DOTNET_STARTUP_HOOKS</c>, so that it dies where <see cref="CrashOrder"/> says.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(CrashOrder.Variable) is { Length: > 0 } path)
            CrashPoints.Listener = new CrashOrder(path).Pass;
    }
}
