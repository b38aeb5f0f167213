namespace Gateway.Persistence;

/// <summary>What a subject's samples are for; follows from his pseudonym and never changes.</summary>
public enum ArchiveSplit
{
    Train,
    Validation,

    /// <summary>Frozen: models are judged by these and never learn from them.</summary>
    Test,
}
