namespace Gateway.DicomNetwork;

/// <summary>One accepted association. Its members are never called at the same time.</summary>
public interface IStoreSession
{
    /// <summary>A C-STORE-RQ came; its data set follows into what this returns.</summary>
    ValueTask<IStoreSink> BeginAsync(StoreRequest request, CancellationToken cancel);

    /// <summary>The association is over; called once, after the last sink was disposed.</summary>
    ValueTask EndAsync(AssociationEnd end);
}
