using Gateway.Contracts.Reasons;

namespace Gateway.TrainingWorker.Jobs;

/// <summary>A job that would fail again every time; nothing was trained.</summary>
public sealed class JobRefusedException(Reason reason) : Exception(reason.Text)
{
    public Reason Reason { get; } = reason;
}
