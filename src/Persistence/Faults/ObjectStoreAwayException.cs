namespace Gateway.Persistence;

/// <summary>The object store cannot be reached: whether it holds an object is not known.</summary>
public sealed class ObjectStoreAwayException(string message, Exception? inner = null) : IOException(message, inner), IDependencyFault
{
    public string Dependency => "objects";
}
