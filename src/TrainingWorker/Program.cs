using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.TrainingWorker;

PrivateFiles.Keep();
TrainingProcess.Settle();
return await StartExtensions.RunAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder(args);

    builder.AddGatewayDefaults();
    builder.AddPersistence();
    builder.AddTrainingWorker();
    builder.AddGatewayBus(bus => bus.AddTrainingHandlers());

    var app = builder.Build();
    app.MapGatewayDefaults();
    return app;
});
