namespace Gateway.TrainingWorker;

/// <summary>Who makes a candidate the champion.</summary>
public enum ActivationPolicy
{
    /// <summary>A person.</summary>
    Manual,

    /// <summary>The training worker, as soon as the gates have let it pass.</summary>
    Automatic,
}
