using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Hosting;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Gateway.TranslationWorker;

/// <summary>StudyReceived → one TranslateSeries per eligible series; the others are recorded with their reasons.</summary>
public sealed class StudyReceivedHandler(EligibilityRules eligibility, IObjectStore objects, TimeProvider time) : IHandler<StudyReceived>
{
    public async Task HandleAsync(StudyReceived message, GatewayDbContext db, CancellationToken cancel)
    {
        var series = await db.Series.AsNoTracking()
            .Include(s => s.Instances)
            .Where(s => s.StudyId == message.StudyId && s.Origin == SeriesOrigin.Received)
            .Where(s => s.Revision == message.Revision && s.State == SeriesState.Received)
            .ToListAsync(cancel);

        var verdicts = series.ConvertAll(one => (one.Id, Judge(one)));
        await db.Database.BeginTransactionAsync(cancel);
        foreach (var (id, verdict) in verdicts)
            await DecideAsync(id, message.Revision, verdict, db, cancel);
        db.Enqueue(new PublishImagingStudy { StudyId = message.StudyId }, time);
    }

    private async Task DecideAsync(Guid id, int revision, EligibilityVerdict verdict, GatewayDbContext db, CancellationToken cancel)
    {
        var direction = verdict.Direction?.Name;
        var decided = await db.Series.Where(s => s.Id == id && s.Revision == revision).MoveAsync(
            verdict.IsEligible ? SeriesEvent.FoundEligible : SeriesEvent.FoundIneligible,
            cancel,
            set => set.SetProperty(s => s.Reasons, verdict.Reasons.ToList()).SetProperty(s => s.Direction, direction));
        if (decided == 1 && verdict.IsEligible)
            db.Enqueue(new TranslateSeries { SeriesId = id, Revision = revision, Direction = direction }, time);
    }

    private EligibilityVerdict Judge(Series series)
    {
        if (series.Instances.Any(i => i.PixelDataShort))
            return EligibilityVerdict.No(ReasonCode.PixelDataShort, "An image holds less pixel data than its header says.");
        try
        {
            return eligibility.Check([.. series.Instances.Where(i => !i.Conflict).Select(Header)]);
        }
        catch (DicomException)
        {
            return EligibilityVerdict.No(ReasonCode.Unreadable, "A stored image cannot be parsed as a data set.");
        }
    }

    private DicomDataset Header(Instance instance)
    {
        using var stream = objects.OpenRead(instance.Sha256);
        return DicomFile.Open(stream, FileReadOption.SkipLargeTags).Dataset;
    }
}
