using Gateway.Hosting;
using Gateway.Persistence;

var builder = WebApplication.CreateSlimBuilder(args);

builder.AddGatewayDefaults();
builder.AddPersistence();

var app = builder.Build();
app.MapGatewayDefaults();
await app.RunAsync();
