namespace Gateway.Portal;

/// <summary>What came of a person's word on whose study it is.</summary>
internal enum PatientChoiceResult
{
    Chosen,

    /// <summary>No such study, or none of its images names this patient.</summary>
    NoSuchPatient,

    /// <summary>It is this patient's already.</summary>
    NothingToChoose,

    /// <summary>It has more patients than the person was shown.</summary>
    OthersCame,
}
