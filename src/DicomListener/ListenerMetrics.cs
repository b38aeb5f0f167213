using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>What the front door counts. A label has one of a fixed set of values, never one that a peer can choose.</summary>
internal sealed class ListenerMetrics
{
    private const string Other = "other";
    private const int MaxSopClasses = 100;

    private readonly Counter<long> _associations;
    private readonly Counter<long> _instances;
    private readonly Counter<long> _orphans;
    private readonly Counter<long> _deleted;
    private readonly ConcurrentDictionary<string, bool> _sopClasses = [];
    private int _active;

    public ListenerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Gateway.DicomListener");
        _associations = meter.CreateCounter<long>("gateway_dicom_associations_total", null, "Associations by how they ended.");
        _instances = meter.CreateCounter<long>(
            "gateway_dicom_instances_received_total", null, "Objects by SOP class and the status they were answered with; lost is none.");
        _orphans = meter.CreateCounter<long>("gateway_objects_orphans_deleted_total", null, "Objects deleted because no row named them.");
        _deleted = meter.CreateCounter<long>(
            "gateway_history_deleted_total", null, "Rows and files of history that were deleted because of their age, by kind.");
        meter.CreateObservableUpDownCounter("gateway_dicom_associations_active", () => _active, null, "Associations open now.");
    }

    public void Opened() => Interlocked.Increment(ref _active);

    public void Ended(AssociationRequest request, AssociationEnd end)
    {
        Interlocked.Decrement(ref _active);
        Count(request.CalledAe.Value, request.CallingAe.Value, end == AssociationEnd.Released ? "released" : "aborted");
    }

    public void Rejected(AssociationRequest request, bool callingKnown, bool calledKnown) =>
        Count(calledKnown ? request.CalledAe.Value : Other, callingKnown ? request.CallingAe.Value : Other, "rejected");

    public void Received(Uid? sopClass, ushort status) => Count(sopClass, status.ToString("X4", null));

    public void Swept(int orphans) => _orphans.Add(orphans);

    public void Deleted(string kind, int count) => _deleted.Add(count, new KeyValuePair<string, object?>("kind", kind));

    public void Lost(Uid? sopClass) => Count(sopClass, "lost");

    private void Count(string called, string calling, string outcome) =>
        _associations.Add(1, new("called", called), new("calling", calling), new("outcome", outcome));

    private void Count(Uid? sopClass, string status) => _instances.Add(1, new("sop_class", Label(sopClass)), new("status", status));

    private string Label(Uid? sopClass)
    {
        if (sopClass is not { } uid || (_sopClasses.Count >= MaxSopClasses && !_sopClasses.ContainsKey(uid.Value)))
            return Other;
        _sopClasses.TryAdd(uid.Value, true);
        return uid.Value;
    }
}
