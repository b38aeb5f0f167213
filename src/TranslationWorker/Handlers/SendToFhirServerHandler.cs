using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>SendToFhirServer → the external FHIR server holds the study as the database has it now. What fails for now is asked for again
/// later. Long work, so that a study has one writer.</summary>
[LongWork]
internal sealed class SendToFhirServerHandler(StudyPublication publication, TimeProvider time) : IHandler<SendToFhirServer>
{
    public async Task HandleAsync(SendToFhirServer message, GatewayDbContext db, CancellationToken cancel)
    {
        if (await publication.SendAsync(message.StudyId, db, cancel) is { } pause)
            db.Enqueue(message, time, time.GetUtcNow() + pause);
    }
}
