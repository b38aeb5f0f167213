namespace Gateway.Persistence;

/// <summary>What live series are compared with.</summary>
public enum DriftReferenceKind
{
    /// <summary>The archive's samples that the champion learned from.</summary>
    Manifest,

    /// <summary>What had entered the archive before the week that is compared.</summary>
    Archive,

    /// <summary>The series of the weeks before: nothing is archived, or too little.</summary>
    EarlierWeeks,
}
