namespace Gateway.Persistence;

/// <summary>An instance that a peer asks us to keep safe: Referenced SOP Class and Instance UID (PS3.4 Table J.3-1).</summary>
public sealed record CommitmentInstance(string SopClassUid, string SopInstanceUid);
