using System.Net;

namespace Gateway.DicomNetwork;

/// <summary>Who is at the other end of a transport connection, before it has said a word of DICOM.</summary>
/// <param name="TlsSubject">Distinguished name of the certificate it was authenticated by; null on a plain connection, or without
/// one.</param>
internal sealed record Peer(IPAddress Address, string? TlsSubject);
