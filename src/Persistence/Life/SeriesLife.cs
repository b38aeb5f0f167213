using static Gateway.Persistence.SeriesEvent;
using static Gateway.Persistence.SeriesState;

namespace Gateway.Persistence;

/// <summary>The life of a series as a table: drawn in docs/architecture.md, kept by <see cref="SeriesMove"/>.</summary>
/// <remarks>An event leads to one state only. A blank cell is no error: what happened came too late and moves nothing.</remarks>
public static class SeriesLife
{
    /// <summary>The state of a series that is new.</summary>
    public static SeriesState First(SeriesOrigin origin) => origin == SeriesOrigin.Received ? Receiving : Translated;

    /// <summary>The state after an event; null: it moves nothing.</summary>
    public static SeriesState? Next(SeriesOrigin origin, SeriesState state, SeriesEvent happened) =>
        origin == SeriesOrigin.Received ? OfReceived(state, happened) : OfDerived(state, happened);

    /// <summary>The states of a series of this origin that an event leads out of.</summary>
    public static IReadOnlyList<SeriesState> Leaves(SeriesOrigin origin, SeriesEvent happened) =>
        [.. Enum.GetValues<SeriesState>().Where(state => Next(origin, state, happened) is not null)];

    /// <summary>The state that an event leads to, whatever the series was.</summary>
    public static SeriesState Target(SeriesEvent happened) =>
        (from origin in Enum.GetValues<SeriesOrigin>()
         from state in Enum.GetValues<SeriesState>()
         select Next(origin, state, happened)).OfType<SeriesState>().Distinct().Single();

    private static SeriesState? OfReceived(SeriesState state, SeriesEvent happened) => (state, happened) switch
    {
        (_, ImageStored or PatientChanged or ImagesRejected) => Receiving,
        (Receiving, StudyCompleted) => Received,

        (Received, FoundEligible) => Queued,
        (Received, FoundIneligible) => Ineligible,
        (Received, HeldForPatient) => Held,
        (Received, DecisionGivenUp) => Failed,
        (Failed, DecisionReplayed) => Received,

        (Queued or Translating, TranslationStarted) => Translating,
        (Translating, NotTranslatable) => Ineligible,
        (Translating, HeldByGate) => Held,
        (Translating, TranslationSaved) => Translated,
        (Queued or Translating, TranslationGivenUp) => Failed,
        (Failed, TranslationReplayed) => Queued,
        (Held, Released) => Queued,
        (Translated or Delivered, TranslationAskedAnew) => Queued,

        (Translated or Delivered, ResultRejected) => Ineligible,
        (Ineligible, ResultAccepted) => Queued,

        (Translated, AnnouncementGivenUp) => Failed,
        (Failed, AnnouncementReplayed) => Translated,
        (Translated, DeliveryDone) => Delivered,

        _ => null,
    };

    private static SeriesState? OfDerived(SeriesState state, SeriesEvent happened) => (state, happened) switch
    {
        (Translated or Delivering or Delivered or Failed, DeliveryStarted) => Delivering,
        (Delivering or Failed, DeliveryDone) => Delivered,
        (Delivering, DeliveryParked) => Failed,
        (Delivering, DeliveryGivenUp) => Failed,
        (Delivered, CommitmentRefused) => Failed,
        (Delivering or Failed, DeliveryReplayed) => Delivering,

        (Translated or Delivering or Delivered or Failed, SourceChanged) => Superseded,
        (Translated or Delivering or Delivered or Failed, MadeByAnother) => Superseded,
        (Translated or Delivering or Delivered or Failed, RejectedByReader) => Superseded,
        (Superseded, MadeAgain) => Translated,

        _ => null,
    };
}
