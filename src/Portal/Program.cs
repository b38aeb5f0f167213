using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.Portal;

PrivateFiles.Keep();
return await StartExtensions.RunAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddGatewayDefaults();
    builder.AddPortal();

    var app = builder.Build();
    app.MapGatewayDefaults();
    app.MapPortal();
    return app;
});
