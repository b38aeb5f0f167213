namespace Gateway.DicomNetwork;

/// <summary>One accepted association. Its members are never called at the same time (PS3.8 §7.1).</summary>
public interface IStoreSession
{
    /// <summary>A C-STORE-RQ came; its data set follows into what this returns (PS3.7 §9.1.1).</summary>
    ValueTask<IStoreSink> BeginAsync(StoreRequest request, CancellationToken cancel);

    /// <summary>A C-STORE-RQ is about to be answered with a failure that no sink gave: the command was not usable, or an exception came
    /// (PS3.7 §9.1.1).</summary>
    ValueTask RefusedAsync(StoreReply reply) => default;

    /// <summary>The association is over; called once, after the last sink was disposed (PS3.8 §7.2, §7.3).</summary>
    /// <param name="end">How it ended.</param>
    /// <param name="silence">How long nothing had come from the peer by then; long where it was given up on.</param>
    ValueTask EndAsync(AssociationEnd end, TimeSpan silence);
}
