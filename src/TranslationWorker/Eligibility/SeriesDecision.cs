using Gateway.Contracts;
using Gateway.Contracts.Reasons;
using Gateway.Imaging.Modalities;
using Gateway.Persistence;

namespace Gateway.TranslationWorker;

/// <summary>Whether a received series is translated: judged by the headers of its stored images, kept with the reasons.</summary>
public sealed class SeriesDecision(StackChooser stacks, IObjectStore objects, TimeProvider time)
{
    private static readonly Reason PatientConflict = ReasonCode.PatientConflict.Because(
        "The images of the study name more than one patient; a person has to choose whose it is.");

    /// <param name="series">With its study and its instances.</param>
    public StackChoice Judge(Series series)
    {
        if (series.Instances.Count > 0 && series.Instances.TrueForAll(i => i.RejectedAs is not null))
            return new(EligibilityVerdict.No(ReasonCode.RejectedImages, "A received note rejects all its images."));
        if (series.Instances.Count > 0 && series.Instances.TrueForAll(i => i.Conflict))
            return new(
                EligibilityVerdict.No(ReasonCode.OtherPatient, "Its images name a patient that was ruled out; the study is another's."));
        try
        {
            return series.Study.PatientConflict ? OfAnyPatient(series) : stacks.Choose(SeriesWork.InstancesOf(series, objects));
        }
        catch (DicomException)
        {
            return new(EligibilityVerdict.No(ReasonCode.Unreadable, "A stored image cannot be parsed as a data set."));
        }
    }

    /// <summary>In conflict a series waits for the person if it is eligible as any one patient's; as a whole it never is.</summary>
    private StackChoice OfAnyPatient(Series series)
    {
        var choices = series.Instances.Where(i => !i.Conflict).GroupBy(i => i.StudyPatientId).OrderByDescending(images => images.Count())
            .Select(images => stacks.Choose(SeriesWork.Sources(images, objects))).ToList();
        return choices.Find(choice => choice.Verdict.IsEligible) ?? choices[0];
    }

    /// <summary>Writes the verdict and, with what was left out, for an eligible series, asks for its translation, unless the series has a
    /// later revision by now, or its study is in conflict about the patient. In the caller's transaction.</summary>
    /// <param name="judged">With its study, as both were when it was judged.</param>
    /// <param name="choice">What the rules say.</param>
    /// <param name="db">Its transaction is the caller's.</param>
    /// <param name="cancel">Ends the wait for the database.</param>
    public async Task SaveAsync(Series judged, StackChoice choice, GatewayDbContext db, CancellationToken cancel)
    {
        var (verdict, direction) = (choice.Verdict, choice.Verdict.Direction?.Name);
        var (happened, reasons) = (verdict.IsEligible, judged.Study.PatientConflict) switch
        {
            (true, true) => (SeriesEvent.HeldForPatient, [PatientConflict]),
            (true, false) => (SeriesEvent.FoundEligible, verdict.Reasons.ToList()),
            (false, _) => (SeriesEvent.FoundIneligible, verdict.Reasons.ToList()),
        };
        var decided = await db.Series.Where(s => s.Id == judged.Id && s.Revision == judged.Revision).MoveAsync(
            db, happened, cancel,
            set => set.SetProperty(s => s.Reasons, reasons).SetProperty(s => s.SetAside, choice.SetAside.ToList())
                .SetProperty(s => s.Direction, direction));
        if (decided == 1 && happened != SeriesEvent.FoundEligible)
            await db.TakeOutAsync(db.Series.Where(s => s.Id == judged.Id), cancel);    // of an earlier revision
        if (decided == 1 && happened == SeriesEvent.FoundEligible)
            db.Enqueue(new TranslateSeries { SeriesId = judged.Id, Revision = judged.Revision, Direction = direction }, time);
    }
}
