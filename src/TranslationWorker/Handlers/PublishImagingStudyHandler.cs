using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>PublishImagingStudy → the ImagingStudy, Device and Provenance of the study, as the database has them now; an external
/// server is to hold them too.</summary>
internal sealed class PublishImagingStudyHandler(FhirPublisher publisher, StudyPublication elsewhere) : IHandler<PublishImagingStudy>
{
    public async Task HandleAsync(PublishImagingStudy message, GatewayDbContext db, CancellationToken cancel) =>
        await elsewhere.WantAsync(db, message.StudyId, await publisher.PublishAsync(db, message.StudyId, cancel), cancel);
}
