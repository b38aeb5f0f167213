using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>PublishImagingStudy → the ImagingStudy, Device and Provenance of the study, as the database has them now.</summary>
public sealed class PublishImagingStudyHandler(FhirPublisher publisher) : IHandler<PublishImagingStudy>
{
    public Task HandleAsync(PublishImagingStudy message, GatewayDbContext db, CancellationToken cancel) =>
        publisher.PublishAsync(db, message.StudyId, cancel);
}
