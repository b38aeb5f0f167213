using Gateway.DicomListener;
using Gateway.Hosting;
using Gateway.Persistence;

PrivateFiles.Keep();
return await StartExtensions.RunAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder(args);

    builder.AddGatewayDefaults();
    builder.AddPersistence();
    builder.AddDicomListener();
    builder.AddGatewayBus(_ => { }, readyWithoutBroker: true);

    var app = builder.Build();
    app.MapGatewayDefaults();
    app.MapDicomListener();
    return app;
});
