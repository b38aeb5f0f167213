namespace Gateway.TrainingWorker.Training;

/// <summary>What training was asked to run on is not here. The message is one sentence for people.</summary>
public sealed class TrainingDeviceException(string message) : Exception(message);
