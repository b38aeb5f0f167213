using System.Net;

namespace Gateway.DicomNetwork;

/// <summary>Who asks for an association (A-ASSOCIATE indication, PS3.8 §7.1.1), for the application to decide on.</summary>
/// <param name="CallingAe">Calling AE title (PS3.8 §9.3.2).</param>
/// <param name="CalledAe">Called AE title (PS3.8 §9.3.2).</param>
/// <param name="Remote">The peer's address (PS3.8 §9.1), IPv4 where it is mapped into IPv6.</param>
/// <param name="OpenAssociations">How many associations (PS3.8 §7.1) this server has open already.</param>
/// <param name="TlsSubject">Distinguished name of the certificate the peer was authenticated by (PS3.15 §B.12); null without one, and on a
/// plain port.</param>
/// <param name="ServerStops">This server ends its associations (PS3.8 §7.3); one more would be aborted at once.</param>
public sealed record AssociationRequest(
    AeTitle CallingAe, AeTitle CalledAe, IPAddress Remote, int OpenAssociations, string? TlsSubject = null, bool ServerStops = false);
