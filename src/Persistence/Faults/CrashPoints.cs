namespace Gateway.Persistence;

/// <summary>Told each time a process passes a <see cref="CrashPoint"/>. Nobody listens in the product: what can kill there is code of the
/// tests, loaded into the process from outside.</summary>
public static class CrashPoints
{
    /// <summary>Set once, before anything runs.</summary>
    public static Action<CrashPoint>? Listener { get; set; }

    public static void Pass(CrashPoint point) => Listener?.Invoke(point);
}
