using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.TrainingWorker.Handlers;
using Gateway.TrainingWorker.Jobs;
using MassTransit;

namespace Gateway.TrainingWorker;

/// <summary>Composition of the training worker. Nothing of it loads torch before a job trains.</summary>
public static class TrainingWorkerExtensions
{
    public static WebApplicationBuilder AddTrainingWorker(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TrainerOptions>().BindConfiguration(TrainerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddArchive();
        services.AddSingleton<TrainingMetrics>();
        services.AddSingleton<TrainerSlot>();
        services.AddSingleton<JobPreparation>();
        services.AddSingleton<JobData>();
        services.AddSingleton<JobTrial>();
        services.AddSingleton<TrainedModels>();
        services.AddSingleton<TrainingWork>();
        services.AddHostedService<Trainer>();
        services.AddHostedService<TrainingTriggers>();
        return builder;
    }

    /// <summary>What the worker listens to.</summary>
    public static void AddTrainingHandlers(this IBusRegistrationConfigurator bus)
    {
        bus.AddHandler<TrainModel, TrainModelHandler>();
        bus.AddHandler<ModelTrained, ModelTrainedHandler>();
    }
}
