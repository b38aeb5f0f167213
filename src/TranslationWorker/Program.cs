using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.TranslationWorker;

PrivateFiles.Keep();
return await StartExtensions.RunAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder(args);

    builder.AddGatewayDefaults();
    builder.AddPersistence();
    builder.AddTranslationWorker();
    builder.AddGatewayBus(bus => bus.AddTranslationHandlers());

    var app = builder.Build();
    app.MapGatewayDefaults();
    return app;
});
