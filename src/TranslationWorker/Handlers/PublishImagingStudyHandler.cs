using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>PublishImagingStudy → the study's ImagingStudy, Device and Provenance as the database now has them.</summary>
public sealed class PublishImagingStudyHandler(FhirPublisher publisher) : IHandler<PublishImagingStudy>
{
    public Task HandleAsync(PublishImagingStudy message, GatewayDbContext db, CancellationToken cancel) =>
        publisher.PublishAsync(db, message.StudyId, cancel);
}
