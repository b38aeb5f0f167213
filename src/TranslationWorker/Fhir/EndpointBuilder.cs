using Hl7.Fhir.Model;

using Endpoint = Hl7.Fhir.Model.Endpoint;

namespace Gateway.TranslationWorker;

/// <summary>Where the images of all studies can be had, as FHIR R4 Endpoint: WADO-RS at one root (PS3.18).</summary>
public static class EndpointBuilder
{
    /// <summary>Resource id: the version 5 UUID of the address.</summary>
    public static string IdOf(Uri root) => NameBasedUuid.Create(NameBasedUuid.Gateway, "endpoint|" + Address(root)).ToString();

    /// <param name="root">An absolute URL, to which <c>/studies/...</c> is added.</param>
    public static Endpoint Build(Uri root) => new()
    {
        Id = IdOf(root),
        Identifier = [new(FhirTerms.UriSystem, "urn:uuid:" + IdOf(root))],
        Status = Endpoint.EndpointStatus.Active,
        ConnectionType = new Coding("http://terminology.hl7.org/CodeSystem/endpoint-connection-type", "dicom-wado-rs"),
        PayloadType = [new CodeableConcept { Text = "DICOM" }],
        PayloadMimeType = ["application/dicom"],
        Address = Address(root),
    };

    private static string Address(Uri root) => root.AbsoluteUri.TrimEnd('/');
}
