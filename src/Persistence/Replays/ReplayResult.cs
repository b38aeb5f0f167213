namespace Gateway.Persistence;

/// <summary>What came of a person's wish to have one failure's work done again.</summary>
public enum ReplayResult
{
    /// <summary>The work is on its way.</summary>
    Replayed,

    /// <summary>Somebody else was faster.</summary>
    Already,

    /// <summary>Its series went on without it, as by later images: there is nothing left to do.</summary>
    WentOn,

    /// <summary>This version has no such message, or not in this form.</summary>
    Unreadable,
}
