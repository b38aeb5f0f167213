namespace Gateway.TranslationWorker;

/// <summary>A model file is absent or is not one of ours.</summary>
public sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);
