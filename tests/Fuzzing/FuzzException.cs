namespace Gateway.Fuzzing;

/// <summary>What was made of an input contradicts itself: written and read again, it is something else.</summary>
public sealed class FuzzException(string message) : Exception(message);
