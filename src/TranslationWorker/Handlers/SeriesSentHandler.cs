using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>SeriesSent → the state of the series, computed from the delivery rows of all destinations, and what FHIR says of its study;
/// what it replaces is rejected.</summary>
public sealed class SeriesSentHandler(Rejections rejections, TimeProvider time) : IHandler<SeriesSent>
{
    public async Task HandleAsync(SeriesSent message, GatewayDbContext db, CancellationToken cancel)
    {
        await db.Database.BeginTransactionAsync(cancel);
        await db.SettleDeliveryAsync(message.SeriesId, cancel);
        await db.NoteParkedAsync(message.SeriesId, message.Destination, time, cancel);
        await db.SaveChangesAsync(cancel);
        var study = await db.Series.Where(s => s.Id == message.SeriesId).Select(s => s.StudyId).SingleAsync(cancel);
        await rejections.PlanAsync(study, db, cancel);
        db.Enqueue(new PublishImagingStudy { StudyId = study }, time);
    }
}
