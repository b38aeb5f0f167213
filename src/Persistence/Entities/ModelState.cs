namespace Gateway.Persistence;

/// <summary>Where a model stands. One of a direction is the champion; a person, or the policy that a site chose, makes it so.</summary>
public enum ModelState
{
    /// <summary>Passed the gates; translates nothing yet.</summary>
    Candidate,

    /// <summary>Translates live studies beside the champion; nothing of it leaves the house.</summary>
    Shadow,

    /// <summary>Makes the series of its direction.</summary>
    Champion,

    /// <summary>Was the champion, and can be again.</summary>
    Retired,

    /// <summary>The gates, or a person, said no.</summary>
    Rejected,
}
