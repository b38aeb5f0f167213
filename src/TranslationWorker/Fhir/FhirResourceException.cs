using Hl7.Fhir.Utility;

namespace Gateway.TranslationWorker;

/// <summary>A resource that FHIR R4 does not allow. Says where and which rule; the library's own texts may quote patient data and stay
/// out.</summary>
public sealed class FhirResourceException(string type, IEnumerable<CodedException> issues)
    : Exception($"The {type} is not valid FHIR R4: {string.Join(", ", issues.Select(Describe).Distinct())}.")
{
    private static string Describe(CodedException issue) =>
        issue is ExtendedCodedException { InstancePath: { } path } ? $"{issue.ErrorCode} at {path}" : issue.ErrorCode;
}
