using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>A model file or a reference brain is absent, or is not one that the gateway can use: no fault of the series.</summary>
public sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner), IDependencyFault
{
    public string Dependency => "model";
}
