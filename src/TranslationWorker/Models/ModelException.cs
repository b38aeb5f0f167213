namespace Gateway.TranslationWorker;

/// <summary>A model file is absent, or is not one that the gateway can use.</summary>
public sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);
