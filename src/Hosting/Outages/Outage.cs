namespace Gateway.Hosting;

/// <summary>Something outside this process that does not work now, as this process has seen it.</summary>
/// <param name="What">What is away, such as <c>database</c>.</param>
/// <param name="Cause">Why, by the last try. Never a peer's free text: it is logged.</param>
/// <param name="Since">Since when work waits for it.</param>
/// <param name="LastAt">The last try.</param>
/// <param name="Tries">Tries of this process in a row.</param>
public sealed record Outage(string What, string Cause, DateTimeOffset Since, DateTimeOffset LastAt, int Tries);
