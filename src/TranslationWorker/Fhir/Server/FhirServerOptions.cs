using System.ComponentModel.DataAnnotations;

namespace Gateway.TranslationWorker;

/// <summary>The <c>Fhir:Server</c> section: an external FHIR R4 server that is told of every study.</summary>
public sealed class FhirServerOptions
{
    public const string Section = "Fhir:Server";

    /// <summary>Its base URL; null: there is none.</summary>
    public Uri? Url { get; init; }

    /// <summary>How long one request may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How a study names its patient there.</summary>
    public FhirPatientPolicy Patient { get; init; }

    /// <summary>File with a bearer token, read anew for every request.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Token endpoint of client credentials (RFC 6749 4.4); null: no token is asked for.</summary>
    public Uri? TokenUrl { get; init; }

    /// <summary>Name of this client at <see cref="TokenUrl"/>.</summary>
    public string? ClientId { get; init; }

    /// <summary>PEM file of the private key (RSA, or EC P-384 or P-256) that signs for this client: SMART Backend Services.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Id of that key in the set that the server knows.</summary>
    public string? KeyId { get; init; }

    /// <summary>File of the client's secret, where the server knows it by one instead of a key.</summary>
    public string? SecretFile { get; init; }

    /// <summary>What is asked for at <see cref="TokenUrl"/>, separated by spaces.</summary>
    public string Scope { get; init; } = "system/*.crus";

    /// <summary>A sentence for the first thing that is wrong; null: nothing is.</summary>
    public string? Fault() => this switch
    {
        { Url: not null and not ({ IsAbsoluteUri: true, Scheme: "http" or "https" } and { Query: "", Fragment: "" }) } =>
            "Fhir:Server:Url is no http or https URL without a query.",
        { TokenUrl: not null and not { IsAbsoluteUri: true, Scheme: "http" or "https" } } =>
            "Fhir:Server:TokenUrl is no http or https URL.",
        { TokenUrl: not null, TokenFile: not null } => "Fhir:Server has either a TokenFile or a TokenUrl.",
        { TokenUrl: not null, ClientId: null } => "Fhir:Server:TokenUrl needs a ClientId.",
        { TokenUrl: not null, KeyFile: null, SecretFile: null } or { KeyFile: not null, SecretFile: not null } =>
            "Fhir:Server:TokenUrl needs either a KeyFile or a SecretFile.",
        _ => null,
    };
}
