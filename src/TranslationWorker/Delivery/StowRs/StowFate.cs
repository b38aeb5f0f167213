namespace Gateway.TranslationWorker;

/// <summary>What became of a whole store request.</summary>
internal enum StowFate
{
    /// <summary>The peer dealt with it, and may have said of each instance what became of it.</summary>
    Told,

    /// <summary>It takes no such request; smaller ones it may take, and of one instance alone that is its answer.</summary>
    Refused,

    /// <summary>It broke over it. What of it is stored is not known; it may break over one instance only.</summary>
    Broken,

    /// <summary>It takes nothing now.</summary>
    Away,
}
