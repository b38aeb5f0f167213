namespace Gateway.Persistence;

/// <summary>An exception that says: something that every message needs is away, and an operator brings it back.</summary>
public interface IDependencyFault
{
    /// <summary>What is away, in a word.</summary>
    string Dependency { get; }
}
