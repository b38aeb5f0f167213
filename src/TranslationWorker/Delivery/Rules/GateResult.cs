namespace Gateway.TranslationWorker;

/// <summary>What the gates said of the series that a result was made from.</summary>
public enum GateResult
{
    Passed,

    /// <summary>They said no, and a person overrode it.</summary>
    Released,
}
