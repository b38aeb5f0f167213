using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Portal.DicomWeb;

/// <summary>Composition of DICOMweb (PS3.18): what was received and what was made here, at <c>/dicomweb</c>.</summary>
internal static class DicomWebExtensions
{
    public static void AddDicomWeb(this IServiceCollection services)
    {
        services.TryAddSingleton<DicomWebSearch>();
        services.TryAddSingleton<StoredInstances>();
    }

    public static void MapDicomWeb(this IEndpointRouteBuilder routes)
    {
        routes.MapSearch();
        routes.MapInstances();
        routes.MapFrames();
        routes.MapRendered();
    }
}
