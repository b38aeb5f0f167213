using Hl7.Fhir.Model;

using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>The subject of a study as a logical reference: an identifier within a system, no Patient resource, no name.</summary>
internal sealed class PatientReference(FhirOptions fhir, SiteOptions site)
{
    /// <summary>An identifier always has a system: patient 1234 of one hospital is not patient 1234 of another. Nobody, while images name
    /// more than one patient: <c>temp-unknown</c>, since a person is going to say.</summary>
    public ResourceReference Of(Study study)
    {
        var reference = new ResourceReference { Type = "Patient" };
        if (study.PatientConflict)
            reference.AddExtension(FhirTerms.DataAbsentUrl, new Code("temp-unknown"));
        else if (FhirText.Of(study.PatientId) is { } id)
            reference.Identifier = new Identifier(SystemOf(FhirText.Of(study.IssuerOfPatientId)), id);
        else
            reference.AddExtension(FhirTerms.DataAbsentUrl, new Code("unknown"));
        return reference;
    }

    private string SystemOf(string? issuer)
    {
        if (issuer is null)
            return fhir.PatientSystem ?? Derived(site.Organization);
        return fhir.IssuerSystems.TryGetValue(issuer, out var system) ? system : Derived($"{site.Organization}|{issuer}");
    }

    private static string Derived(string name) => "urn:oid:" + NameBasedUuid.ToOid(NameBasedUuid.Create(NameBasedUuid.Gateway, name));
}
