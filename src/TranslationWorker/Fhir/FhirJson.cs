using System.Globalization;

using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;

namespace Gateway.TranslationWorker;

/// <summary>Resources as JSON that has been read back strictly: cardinality, types, ids and required codes of FHIR R4.</summary>
public static class FhirJson
{
    private static readonly FhirJsonSerializer Serializer = new();
    private static readonly FhirJsonDeserializer Strict = FhirJsonDeserializer.STRICT;

    /// <exception cref="FhirResourceException">FHIR R4 does not allow the resource; the message holds codes and paths, no
    /// values.</exception>
    public static string Write(Resource resource)
    {
        var json = Serializer.SerializeToString(resource);
        if (Strict.TryDeserializeResource(json, out _, out var issues))
            return json;
        throw new FhirResourceException(resource.TypeName, issues);
    }

    /// <summary>A moment in UTC as FHIR writes it, to the millisecond.</summary>
    public static string Instant(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
