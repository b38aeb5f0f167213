using Gateway.Hosting;
using Gateway.Persistence;
using Gateway.TranslationWorker;

PrivateFiles.Keep();
var builder = WebApplication.CreateSlimBuilder(args);

builder.AddGatewayDefaults();
builder.AddPersistence();
builder.AddTranslationWorker();
builder.AddGatewayBus(bus => bus.AddTranslationHandlers());

var app = builder.Build();
app.MapGatewayDefaults();
await app.RunAsync();
