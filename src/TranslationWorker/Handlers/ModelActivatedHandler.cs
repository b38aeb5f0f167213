using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>ModelActivated → a look at the registry. One replica gets the message; the registry, which all ask, is what counts.</summary>
public sealed class ModelActivatedHandler(ModelSignal signal) : IHandler<ModelActivated>
{
    public Task HandleAsync(ModelActivated message, GatewayDbContext db, CancellationToken cancel)
    {
        signal.Set();
        return Task.CompletedTask;
    }
}
