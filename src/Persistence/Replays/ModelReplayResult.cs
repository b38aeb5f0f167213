namespace Gateway.Persistence;

/// <summary>What came of a person's wish to have a model's series made anew by the champion.</summary>
public enum ModelReplayResult
{
    /// <summary>The translations are on their way.</summary>
    Replayed,

    /// <summary>No series that counts was made by it: they were superseded, or are being made anew already.</summary>
    Nothing,

    /// <summary>The model is the champion: it would make the same series.</summary>
    IsChampion,

    /// <summary>The direction has no champion.</summary>
    NoChampion,
}
