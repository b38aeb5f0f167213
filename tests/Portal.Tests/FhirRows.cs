using Gateway.Persistence;

namespace Gateway.Portal.Tests;

/// <summary>FHIR resources with everything that can be searched for.</summary>
internal static class FhirRows
{
    public const string EndpointId = "e1";
    public const string DeviceId = "d1";

    /// <summary>A study whose second series a model made.</summary>
    /// <param name="started">As FHIR writes it.</param>
    public static (Study Study, FhirResource Resource) Study(
        string id, string started, string status = "available", string modality = "MR", int changedAfter = 0, string endpoint = EndpointId)
    {
        var study = Sample.Study();
        (study.PatientId, study.AccessionNumber) = ("P" + id, "ACC-" + id);
        study.StudyDate = started[..10].Replace("-", "", StringComparison.Ordinal);
        study.StudyTime = started.Length > 10 ? started[11..19].Replace(":", "", StringComparison.Ordinal) : null;
        var updated = Sample.Noon.AddMinutes(changedAfter);
        return (study, new()
        {
            Type = "ImagingStudy", ResourceId = id, Version = 1, UpdatedAt = updated, StudyId = study.Id,
            Identifier = $"urn:dicom:uid|urn:oid:{study.StudyInstanceUid}",
            Json = $$$"""
                {"resourceType":"ImagingStudy","id":"{{{id}}}","meta":{"versionId":"1",
                "lastUpdated":"{{{updated:yyyy-MM-ddTHH:mm:ss.fff}}}Z"},
                "identifier":[{"system":"urn:dicom:uid","value":"urn:oid:{{{study.StudyInstanceUid}}}"},{"value":"ACC-{{{id}}}"}],
                "status":"{{{status}}}","started":"{{{started}}}","subject":{"type":"Patient","identifier":{"system":"urn:oid:2.25.1",
                "value":"P{{{id}}}"}},
                "endpoint":[{"reference":"Endpoint/{{{endpoint}}}"}],
                "series":[{"uid":"1.2.{{{id[^1] % 10}}}.1","modality":{"system":"http://dicom.nema.org/resources/ontology/DCM",
                "code":"{{{modality}}}"}},
                {"uid":"1.2.{{{id[^1] % 10}}}.2","modality":{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"OT"},
                "performer":[{"actor":{"reference":"Device/{{{(endpoint == EndpointId ? DeviceId : "other")}}}"}}]}]}
                """,
        });
    }

    public static FhirResource Provenance(string id, string study, Guid studyId, string device = DeviceId) => Resource(
        "Provenance", id, $$$"""
        "target":[{"reference":"ImagingStudy/{{{study}}}"}],"recorded":"2026-11-22T12:02:00.000Z",
        "agent":[{"who":{"reference":"Device/{{{device}}}"}}]
        """, studyId);

    public static FhirResource Device(string id, string uid) => Resource(
        "Device", id, $$$"""
        "identifier":[{"system":"urn:dicom:uid","value":"urn:oid:{{{uid}}}"}]
        """, identifier: "urn:dicom:uid|urn:oid:" + uid);

    public static FhirResource Endpoint(string id) => Resource(
        "Endpoint", id, """
        "status":"active","connectionType":{"system":"http://terminology.hl7.org/CodeSystem/endpoint-connection-type",
        "code":"dicom-wado-rs"},
        "payloadType":[{"text":"DICOM"}],"address":"https://gateway.example/dicomweb"
        """);

    private static FhirResource Resource(string type, string id, string content, Guid? study = null, string? identifier = null) => new()
    {
        Type = type, ResourceId = id, Version = 1, UpdatedAt = Sample.Noon, StudyId = study, Identifier = identifier,
        Json = $$$"""
            {"resourceType":"{{{type}}}","id":"{{{id}}}","meta":{"versionId":"1","lastUpdated":"2026-11-22T12:00:00.000Z"},{{{content}}}}
            """,
    };
}
