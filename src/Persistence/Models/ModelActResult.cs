namespace Gateway.Persistence;

/// <summary>What came of an act on a model.</summary>
public enum ModelActResult
{
    /// <summary>It is done, recorded and announced.</summary>
    Done,

    /// <summary>The model is that already; nothing was recorded.</summary>
    Already,

    /// <summary>There is no such model.</summary>
    Unknown,

    /// <summary>It was rejected, by the gates or by a person, and translates nothing any more.</summary>
    WasRejected,

    /// <summary>It is the champion: another has to be activated first.</summary>
    IsChampion,

    /// <summary>Since the person looked, another model became the champion.</summary>
    Overtaken,

    /// <summary>Roll back: the direction has no champion, or none was before it.</summary>
    NoneBefore,
}
