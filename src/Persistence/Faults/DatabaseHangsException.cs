namespace Gateway.Persistence;

/// <summary>The database does not answer, and nobody waits for it any longer. What was asked of it may be done all the same.</summary>
public sealed class DatabaseHangsException() : Exception("The database does not answer."), IDependencyFault
{
    public string Dependency => "database";
}
