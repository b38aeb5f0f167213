namespace Gateway.Persistence;

/// <summary>Another trainer, or a person, has the job now: nothing was written.</summary>
public sealed class LeaseLostException(TrainingLease lease)
    : Exception($"The lease {lease.Fence} of training job {lease.JobId} is over.")
{
    public TrainingLease Lease { get; } = lease;
}
