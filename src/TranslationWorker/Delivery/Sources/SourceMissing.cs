namespace Gateway.TranslationWorker;

/// <summary>What becomes of a result whose source a destination does not get in time.</summary>
public enum SourceMissing
{
    /// <summary>It waits on, where an operator sees it.</summary>
    Wait,

    /// <summary>It is sent.</summary>
    Send,

    /// <summary>It is given up on until an operator replays it.</summary>
    Park,
}
