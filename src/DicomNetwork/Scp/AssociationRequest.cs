using System.Net;

namespace Gateway.DicomNetwork;

/// <summary>Who asks for an association, for the application to decide on.</summary>
/// <param name="Remote">The peer's address, IPv4 where it is mapped into IPv6.</param>
/// <param name="OpenAssociations">How many this server has open already.</param>
public sealed record AssociationRequest(AeTitle CallingAe, AeTitle CalledAe, IPAddress Remote, int OpenAssociations);
