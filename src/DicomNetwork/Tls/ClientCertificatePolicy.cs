namespace Gateway.DicomNetwork;

/// <summary>Whether a TLS peer shows who it is (PS3.15 §B.12: both sides should be authenticated).</summary>
public enum ClientCertificatePolicy
{
    /// <summary>Nobody is asked for a certificate: encryption without mutual authentication (PS3.15 §B.12).</summary>
    None,

    /// <summary>A certificate is asked for; who shows none comes in, who shows one that is not trusted does not (PS3.15 §B.12).</summary>
    Allow,

    /// <summary>Mutual authentication: without a trusted certificate there is no association (PS3.15 §B.12).</summary>
    Require,
}
