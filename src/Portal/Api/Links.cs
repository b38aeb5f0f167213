using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>Where things are served; every part that came from a peer is escaped.</summary>
internal static class Links
{
    public static string Study(Guid id) => $"/studies/{id}";

    public static string Viewer(Study study) =>
        $"{ViewerFiles.Root}/viewer?StudyInstanceUIDs={Uri.EscapeDataString(study.StudyInstanceUid)}";

    public static string Picture(Picture picture) => $"/api/pictures/{picture.Id}";

    /// <summary>If several copies have the same UID, the digest says which one is meant.</summary>
    public static string File(Instance instance)
    {
        var path = $"/api/instances/{Uri.EscapeDataString(instance.SopInstanceUid)}/file";
        return instance.Conflict ? $"{path}?sha256={instance.Sha256}" : path;
    }

    public static string Release(Series series) => $"/api/series/{series.Id}/release";

    public static string Verdicts(Series series) => $"/api/series/{series.Id}/verdicts";

    public static string Patient(Study study) => $"/api/studies/{study.Id}/patient";

    public const string Failures = "/failures";

    public const string Replay = "/api/replay";

    public static string Manifest(string digest) => $"/archive/manifests/{digest}";

    public static string Job(Guid id) => $"/training/{id}";

    public static string Model(string digest) => $"/models/{Uri.EscapeDataString(digest)}";

    public const string Models = "/models";

    public const string RollBack = "/api/models/rollback";

    public static string Act(Model model, string verb) => $"/api/models/{model.Digest}/{verb}";

    public const string Jobs = "/api/training/jobs";

    public static string JobJson(Guid id) => $"{Jobs}/{id}";

    public static string JobAct(Guid id, string verb) => $"{Jobs}/{id}/{verb}";

    /// <summary>How it did beside the champion.</summary>
    public static string Shadow(string digest) => $"/models/{digest}/shadow";

    public static string SamplePicture(string sha256) => $"/api/pictures/samples/{sha256}";

    public static string SheetPicture(string sha256) => $"/api/pictures/sheets/{sha256}";

    public static string Fhir(FhirResource resource) => $"/fhir/{resource.Type}/{resource.ResourceId}";
}
