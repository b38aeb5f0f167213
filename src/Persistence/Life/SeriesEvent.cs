namespace Gateway.Persistence;

/// <summary>What may happen to a series, as <see cref="SeriesLife"/> counts it.</summary>
public enum SeriesEvent
{
    /// <summary>The listener stored an image of it.</summary>
    ImageStored,

    /// <summary>Whose study it is has become doubtful, or was decided: all of the study is judged anew.</summary>
    PatientChanged,

    /// <summary>A received note rejects images of it: what is left is judged anew.</summary>
    ImagesRejected,

    /// <summary>Its study is complete, under a revision of its own.</summary>
    StudyCompleted,

    /// <summary>The eligibility rules say that it is for us.</summary>
    FoundEligible,
    FoundIneligible,

    /// <summary>The images of its study name more than one patient.</summary>
    HeldForPatient,

    TranslationStarted,

    /// <summary>Its images form no volume that can be translated.</summary>
    NotTranslatable,
    HeldByGate,
    TranslationSaved,

    /// <summary>A person overrode the gates.</summary>
    Released,

    /// <summary>A person wants what an earlier model made of it made by the champion.</summary>
    TranslationAskedAnew,

    /// <summary>A reader rejected what was made of it: nothing is, until one accepts that after all.</summary>
    ResultRejected,

    /// <summary>A reader accepts what was rejected: it is made anew.</summary>
    ResultAccepted,

    /// <summary>Deliveries of it are planned.</summary>
    DeliveryStarted,

    /// <summary>Every destination has every image.</summary>
    DeliveryDone,

    /// <summary>Nothing waits any more, and a destination did not take an image.</summary>
    DeliveryParked,

    /// <summary>A destination that had every image said that it does not keep one safe.</summary>
    CommitmentRefused,

    /// <summary>The source has a later revision.</summary>
    SourceChanged,

    /// <summary>The same images were translated by another model.</summary>
    MadeByAnother,

    /// <summary>A reader says that it may not be used.</summary>
    RejectedByReader,

    /// <summary>Translating the later revision or by an earlier model, gave the same series again.</summary>
    MadeAgain,

    /// <summary>The work named was given up on after its last try.</summary>
    DecisionGivenUp,
    TranslationGivenUp,
    AnnouncementGivenUp,
    DeliveryGivenUp,

    /// <summary>A person asked for the work named once more.</summary>
    DecisionReplayed,
    TranslationReplayed,
    AnnouncementReplayed,
    DeliveryReplayed,
}
