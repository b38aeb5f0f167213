using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>RequestCommitment → asks the destination to keep safe what it took; tries again later if it cannot be asked now.</summary>
public sealed class RequestCommitmentHandler(SeriesCommitment commitment, TimeProvider time) : IHandler<RequestCommitment>
{
    public async Task HandleAsync(RequestCommitment message, GatewayDbContext db, CancellationToken cancel)
    {
        if (await commitment.AskAsync(message.SeriesId, message.Destination, db, cancel) is { } pause)
            db.Enqueue(message, time, time.GetUtcNow() + pause);
    }
}
