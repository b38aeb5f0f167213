using Gateway.Contracts;
using Gateway.Hosting;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>StudyReceived → one TranslateSeries per eligible series; the others are recorded with their reasons.</summary>
[LongWork]
public sealed class StudyReceivedHandler(
    SeriesDecision decision, ReceivedNotes notes, ReceivedReports reports, PatientWatch patients, Rejections rejections, TimeProvider time)
    : IHandler<StudyReceived>
{
    public async Task HandleAsync(StudyReceived message, GatewayDbContext db, CancellationToken cancel)
    {
        await notes.ObeyAsync(message.StudyId, db, cancel);
        await reports.HearAsync(message.StudyId, db, cancel);
        await patients.LookAsync(message.StudyId, db, cancel);
        var received = await db.Series.AsNoTracking().Include(s => s.Study).Include(s => s.Instances)
            .Where(s => s.StudyId == message.StudyId && s.Origin == SeriesOrigin.Received)
            .Where(s => s.Revision == message.Revision && s.State == SeriesState.Received).ToListAsync(cancel);

        var verdicts = received.ConvertAll(series => (series, decision.Judge(series)));
        await db.Database.BeginTransactionAsync(cancel);
        foreach (var (series, verdict) in verdicts)
            await decision.SaveAsync(series, verdict, db, cancel);
        await rejections.PlanAsync(message.StudyId, db, cancel);
        db.Enqueue(new PublishImagingStudy { StudyId = message.StudyId }, time);
    }
}
