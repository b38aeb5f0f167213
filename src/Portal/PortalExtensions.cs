using Microsoft.Extensions.DependencyInjection.Extensions;

using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Portal.DicomWeb;
using Gateway.Portal.Pages;

namespace Gateway.Portal;

/// <summary>Composition of the portal: the operator's page, the JSON API, DICOMweb and the FHIR endpoint.</summary>
public static class PortalExtensions
{
    /// <summary>Registers what <see cref="MapPortal"/> needs, the database included.</summary>
    public static WebApplicationBuilder AddPortal(this WebApplicationBuilder builder)
    {
        builder.AddPersistence();
        builder.Services.AddProblemDetails();
        builder.Services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section)
            .Validate(
                options => !options.HasViewer || options.IsViewerThere,
                $"Portal:Viewer: there is no {ViewerFiles.Index} in it; eng/viewer makes such a folder.").ValidateOnStart();
        builder.Services.TryAddSingleton<StudyQueries>();
        builder.Services.TryAddSingleton<LedgerQueries>();
        builder.Services.AddDrift();
        builder.Services.TryAddSingleton<FhirSearch>();
        builder.Services.TryAddSingleton<ArchiveQueries>();
        builder.Services.TryAddSingleton<TrainingQueries>();
        builder.Services.TryAddSingleton<ModelQueries>();
        builder.Services.TryAddSingleton<SeriesReleases>();
        builder.Services.TryAddSingleton<ResultVerdicts>();
        builder.Services.TryAddSingleton<PatientChoices>();
        builder.Services.TryAddSingleton<AllowedHosts>();
        builder.Services.AddDicomWeb();
        return builder;
    }

    /// <summary>
    /// Serves <c>/</c>, <c>/studies</c>, <c>/refusals</c>, <c>/failures</c>, <c>/associations</c>, <c>/archive</c>, <c>/training</c>,
    /// <c>/models</c>, <c>/drift</c>, <c>/api</c>, <c>/dicomweb</c>, <c>/viewer</c> and <c>/fhir</c>, with security headers and error
    /// bodies on every answer of this application.</summary>
    public static WebApplication MapPortal(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseMiddleware<ErrorBodies>();
        app.UseMiddleware<HostFilter>();
        app.UseViewer();
        app.MapStudies();
        app.MapReleases();
        app.MapVerdicts();
        app.MapPatients();
        app.MapReplays();
        app.MapRedirects();
        app.MapObjects();
        app.MapLedgers();
        app.MapArchive();
        app.MapTraining();
        app.MapModels();
        app.MapDrift();
        app.MapModelSeries();
        app.MapFhir();
        app.MapDicomWeb();
        app.MapPages();
        app.MapLearningPages();
        app.MapAssets();
        return app;
    }
}
