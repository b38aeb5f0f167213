using System.Collections.Concurrent;
using Gateway.DicomNetwork;
using Prometheus;

namespace Gateway.DicomListener;

/// <summary>What the front door counts. Labels come from lists, never from a peer's free choice.</summary>
internal static class ListenerMetrics
{
    private const string Other = "other";
    private const int MaxSopClasses = 100;

    private static readonly Counter s_associations = Metrics.CreateCounter(
        "gateway_dicom_associations_total", "Associations by how they ended.", "called", "calling", "outcome");

    private static readonly Gauge s_active = Metrics.CreateGauge("gateway_dicom_associations_active", "Associations open now.");

    private static readonly Counter s_instances = Metrics.CreateCounter(
        "gateway_dicom_instances_received_total", "Objects by SOP class and the status they were answered with; lost is none.",
        "sop_class", "status");

    private static readonly ConcurrentDictionary<string, bool> s_sopClasses = [];

    /// <summary>So that the gauge is there, at zero, before the first association.</summary>
    public static void Publish() => s_active.Publish();

    public static void Opened() => s_active.Inc();

    public static void Ended(AssociationRequest request, AssociationEnd end)
    {
        s_active.Dec();
        var outcome = end == AssociationEnd.Released ? "released" : "aborted";
        s_associations.WithLabels(request.CalledAe.Value, request.CallingAe.Value, outcome).Inc();
    }

    public static void Rejected(AssociationRequest request, bool callingKnown, bool calledKnown) =>
        s_associations.WithLabels(
            calledKnown ? request.CalledAe.Value : Other, callingKnown ? request.CallingAe.Value : Other, "rejected").Inc();

    public static void Received(Uid? sopClass, ushort status) => s_instances.WithLabels(Label(sopClass), status.ToString("X4", null)).Inc();

    public static void Lost(Uid? sopClass) => s_instances.WithLabels(Label(sopClass), "lost").Inc();

    private static string Label(Uid? sopClass)
    {
        if (sopClass is not { } uid || (s_sopClasses.Count >= MaxSopClasses && !s_sopClasses.ContainsKey(uid.Value)))
            return Other;
        s_sopClasses.TryAdd(uid.Value, true);
        return uid.Value;
    }
}
