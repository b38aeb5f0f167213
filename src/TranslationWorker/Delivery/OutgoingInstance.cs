using Gateway.Persistence;
using DeliveryRow = Gateway.Persistence.Delivery;

namespace Gateway.TranslationWorker;

/// <summary>One stored instance on its way to one destination.</summary>
/// <param name="Id">Of its delivery, by which a verdict is matched to it.</param>
/// <param name="Open">Gives its Part 10 file as a stream that can seek.</param>
public sealed record OutgoingInstance(Guid Id, string SopClassUid, string SopInstanceUid, Func<Stream> Open)
{
    /// <param name="row">With its instance.</param>
    /// <param name="objects">Where the instance lies.</param>
    public static OutgoingInstance Of(DeliveryRow row, IObjectStore objects) =>
        new(row.Id, row.Instance.SopClassUid, row.Instance.SopInstanceUid, () => objects.OpenRead(row.Instance.Sha256));
}
