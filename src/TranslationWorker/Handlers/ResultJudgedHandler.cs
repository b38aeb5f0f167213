using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>ResultJudged → the note that rejects the series where it lies, if a reader rejected it, and what FHIR says of its
/// study.</summary>
public sealed class ResultJudgedHandler(Rejections rejections, TimeProvider time) : IHandler<ResultJudged>
{
    public async Task HandleAsync(ResultJudged message, GatewayDbContext db, CancellationToken cancel)
    {
        var study = await db.Series.Where(s => s.Id == message.SeriesId).Select(s => s.StudyId).SingleAsync(cancel);
        await db.Database.BeginTransactionAsync(cancel);
        await rejections.PlanAsync(study, db, cancel);
        db.Enqueue(new PublishImagingStudy { StudyId = study }, time);
    }
}
