using Gateway.Hosting;
using Gateway.Portal;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddGatewayDefaults();
builder.AddPortal();

var app = builder.Build();
app.MapGatewayDefaults();
app.MapPortal();
await app.RunAsync();
