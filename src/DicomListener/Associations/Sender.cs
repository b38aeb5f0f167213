using Gateway.DicomNetwork;

namespace Gateway.DicomListener;

/// <summary>Who sends: an association that was let in.</summary>
/// <param name="Caller">The entry of the allow-list that let it in.</param>
/// <param name="OnlyStudy">The study that all it sends has to belong to; null: any.</param>
internal sealed record Sender(Guid AssociationId, AssociationRequest Peer, CallerOptions Caller, string? OnlyStudy = null);
