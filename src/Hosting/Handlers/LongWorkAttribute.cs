namespace Gateway.Hosting;

/// <summary>On a handler that may take minutes, or may kill its process: it works under a lease, within <see cref="WorkOptions.Limit"/>,
/// and its starts are counted before it begins.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LongWorkAttribute : Attribute;
