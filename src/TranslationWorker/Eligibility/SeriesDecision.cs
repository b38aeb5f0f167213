using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>Whether a received series is translated: judged by the headers of its stored images, kept with the reasons.</summary>
public sealed class SeriesDecision(StackChooser stacks, IObjectStore objects, TimeProvider time)
{
    /// <param name="series">With its instances.</param>
    public StackChoice Judge(Series series)
    {
        try
        {
            return stacks.Choose(SeriesWork.InstancesOf(series, objects));
        }
        catch (DicomException)
        {
            return new(EligibilityVerdict.No(ReasonCode.Unreadable, "A stored image cannot be parsed as a data set."));
        }
    }

    /// <summary>Writes the verdict and, with what was left out, for an eligible series, asks for its translation, unless the series has a later revision by now. In
    /// the caller's transaction.</summary>
    public async Task SaveAsync(Series judged, StackChoice choice, GatewayDbContext db, CancellationToken cancel)
    {
        var (verdict, direction) = (choice.Verdict, choice.Verdict.Direction?.Name);
        var decided = await db.Series.Where(s => s.Id == judged.Id && s.Revision == judged.Revision).MoveAsync(
            db, verdict.IsEligible ? SeriesEvent.FoundEligible : SeriesEvent.FoundIneligible,
            cancel,
            set => set.SetProperty(s => s.Reasons, verdict.Reasons.ToList()).SetProperty(s => s.SetAside, choice.SetAside.ToList())
                .SetProperty(s => s.Direction, direction));
        if (decided == 1 && verdict.IsEligible)
            db.Enqueue(new TranslateSeries { SeriesId = judged.Id, Revision = judged.Revision, Direction = direction }, time);
    }
}
