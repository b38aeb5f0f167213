namespace Gateway.TrainingWorker.Jobs;

/// <summary>Words for what a job does now.</summary>
internal static class JobPhase
{
    public const string Preparing = "preparing";
    public const string Training = "training";
    public const string Exporting = "exporting";
    public const string Gates = "gates";
}
