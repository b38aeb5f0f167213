using Gateway.Persistence;

namespace Gateway.Portal;

/// <summary>Where things are served; every part that came from a peer is escaped.</summary>
internal static class Links
{
    public static string Study(Guid id) => $"/studies/{id}";

    public static string Picture(Picture picture) => $"/api/pictures/{picture.Id}";

    /// <summary>A copy that arrived under a UID already taken is told apart by its digest.</summary>
    public static string File(Instance instance)
    {
        var path = $"/api/instances/{Uri.EscapeDataString(instance.SopInstanceUid)}/file";
        return instance.Conflict ? $"{path}?sha256={instance.Sha256}" : path;
    }

    public static string Release(Series series) => $"/api/series/{series.Id}/release";

    public static string Fhir(FhirResource resource) => $"/fhir/{resource.Type}/{resource.ResourceId}";
}
