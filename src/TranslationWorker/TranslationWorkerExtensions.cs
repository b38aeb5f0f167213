using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Gateway.TranslationWorker;

/// <summary>Composition of the translation worker.</summary>
public static class TranslationWorkerExtensions
{
    public static WebApplicationBuilder AddTranslationWorker(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ModelOptions>().BindConfiguration(ModelOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TranslationOptions>().BindConfiguration(TranslationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        foreach (var profile in ShippedModalities.Table.Profiles)
            services.AddSingleton(profile);
        services.AddSingleton<ModalityTable>();
        services.AddSingleton<EligibilityRules>();
        services.AddSingleton<StackChooser>();
        services.AddSingleton<SeriesDecision>();
        services.AddSingleton<SamePictures>();
        services.AddSingleton<PatientWatch>();
        services.AddSingleton<ReceivedNotes>();
        services.AddOptions<VerdictOptions>().BindConfiguration(VerdictOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ReceivedReports>();
        services.AddSingleton(provider => new ModelCatalog(
            provider.GetRequiredService<IOptions<ModelOptions>>(), provider.GetRequiredService<ILogger<ModelCatalog>>(),
            isOfRegistry: provider.GetRequiredService<IOptions<ModelOptions>>().Value.Directory.Length == 0));
        services.AddSingleton<ModelLoader>();
        services.AddSingleton<ShippedModels>();
        services.AddSingleton<ModelMetrics>();
        services.AddHostedService<LearningWatch>();
        services.AddSingleton<ModelSignal>();
        services.AddSingleton<ReferenceCatalog>();
        services.AddSingleton<StageMetrics>();
        services.AddSingleton<SeriesTranslator>();
        services.AddSingleton<ITranslator>(provider => provider.GetRequiredService<SeriesTranslator>());
        services.AddSingleton<DerivedSeriesStore>();
        services.AddSingleton<TranslationOutcome>();
        services.AddArchive();
        services.AddSingleton<ArchivePolicy>();
        services.AddSingleton<SampleArchive>();
        services.AddHostedService<ArchiveRetention>();
        services.AddHostedService<ModelWatch>();
        services.AddSingleton<ShadowTranslator>();
        services.AddSingleton<ShadowTurn>();
        services.AddSingleton<ShadowMetrics>();
        services.AddDrift();
        services.AddHostedService<DriftWatch>();
        builder.AddDelivery();
        builder.AddFhir();
        services.AddHealthChecks().AddCheck<ModelHealth>("model", tags: [HealthTags.Ready, HealthTags.Startup]);
        return builder;
    }

    /// <summary>What the worker listens to. One series at a time: a GPU, or all cores, belong to one inference.</summary>
    public static void AddTranslationHandlers(this IBusRegistrationConfigurator bus)
    {
        bus.AddHandler<StudyReceived, StudyReceivedHandler>(concurrency: 4);
        bus.AddHandler<TranslateSeries, TranslateSeriesHandler>();
        bus.AddHandler<SeriesReleased, SeriesReleasedHandler>();
        bus.AddHandler<SeriesTranslated, SeriesTranslatedHandler>(concurrency: 4);
        bus.AddHandler<DeliverSeries, DeliverSeriesHandler>(concurrency: DestinationSlots.Handlers);
        bus.AddHandler<SeriesSent, SeriesSentHandler>(concurrency: 2);
        bus.AddHandler<ResultJudged, ResultJudgedHandler>(concurrency: 2);
        bus.AddHandler<RequestCommitment, RequestCommitmentHandler>(concurrency: 2);
        bus.AddHandler<ShadowSeries, ShadowSeriesHandler>();
        bus.AddHandler<ModelActivated, ModelActivatedHandler>();
        bus.AddHandler<PublishImagingStudy, PublishImagingStudyHandler>(concurrency: 1);
        bus.AddHandler<SendToFhirServer, SendToFhirServerHandler>(concurrency: 2);
    }
}
