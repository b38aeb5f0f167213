using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>Whether a received series is translated: judged by the headers of its stored images, kept with the reasons.</summary>
public sealed class SeriesDecision(EligibilityRules eligibility, IObjectStore objects, TimeProvider time)
{
    /// <param name="series">With its instances.</param>
    public EligibilityVerdict Judge(Series series)
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

    /// <summary>Writes the verdict and, for an eligible series, asks for its translation, unless the series has a later revision by now. In
    /// the caller's transaction.</summary>
    public async Task SaveAsync(Series judged, EligibilityVerdict verdict, GatewayDbContext db, CancellationToken cancel)
    {
        var direction = verdict.Direction?.Name;
        var decided = await db.Series.Where(s => s.Id == judged.Id && s.Revision == judged.Revision).MoveAsync(
            db, verdict.IsEligible ? SeriesEvent.FoundEligible : SeriesEvent.FoundIneligible,
            cancel,
            set => set.SetProperty(s => s.Reasons, verdict.Reasons.ToList()).SetProperty(s => s.Direction, direction));
        if (decided == 1 && verdict.IsEligible)
            db.Enqueue(new TranslateSeries { SeriesId = judged.Id, Revision = judged.Revision, Direction = direction }, time);
    }

    private DicomDataset Header(Instance instance)
    {
        using var stream = objects.OpenRead(instance.Sha256);
        return DicomFile.Open(stream, FileReadOption.SkipLargeTags).Dataset;
    }
}
